/** Plain data: what facts, requests and reports are made of, so that they can be written to a file and read again. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
export type JsonObject = { readonly [key: string]: Json | undefined }
