/**
 * An error that the cloud would return. Any other error of an action is a bug of the emulator.
 *
 * @see https://www.tencentcloud.com/document/product/267/30851 for the common codes
 */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** The code of `Response.Error`, for example `AuthFailure.SignatureExpire`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Creates the error for a parameter whose value is not within a limit. */
export function invalidValue(parameter: string, limit: string): ApiError {
  return new ApiError("InvalidParameterValue", `The value of ${parameter} is not valid: ${limit}.`);
}
