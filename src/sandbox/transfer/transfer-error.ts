/** What is in the way of a file, in words for the person. */
export class TransferError extends Error {
  override readonly name = "TransferError";
}
