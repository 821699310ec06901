/** Sections of the AWS configuration file that are no profiles, as the SDK names them. */
const OTHER_SECTIONS = /^(sso-session|services)\./;

/** The profiles in the AWS CLI's files, but for names that a shell would have to quote. */
export async function profileNames(): Promise<string[]> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return [...names].filter((name) => !OTHER_SECTIONS.test(name) && /^[\w@+.%/-]+$/.test(name));
}
