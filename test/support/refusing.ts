import { answering } from './answering.ts';

/** An AWS that refuses all that is asked of it in its query protocol, with a code. */
export function refusing(code: string) {
  return answering((_request, response) => {
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
    );
  });
}
