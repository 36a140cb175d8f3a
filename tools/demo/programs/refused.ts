import { CallbackTemplate } from "pulumi-tencentcloud-live";

new CallbackTemplate("hooks", {
  templateName: "a name with spaces, which the console would reject",
  callbackKey: "not-only-letters-and-digits",
  streamBeginNotifyUrl: "ftp://hooks.example.com/live",
  recordExceptionLevels: ["error"],
});
