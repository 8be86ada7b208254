// Types of fluent.js, for tsc only.
export { FluentBundle, FluentNumber, FluentResource } from "@fluent/bundle";
