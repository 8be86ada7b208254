// Types of preact.js, for tsc only.
import type { VNode } from "preact";
export { h, render, Fragment } from "preact";
export type { ComponentChildren, RefObject, VNode } from "preact";
export { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useId, useErrorBoundary } from "preact/hooks";
export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from "@preact/signals";
export type { Signal, ReadonlySignal } from "@preact/signals";
export const html: (strings: TemplateStringsArray, ...values: unknown[]) => VNode;
