import type { Span } from "../source/span.ts";

export type PathKey = string | number;

/** What can tell where the node at a path stands: a parsed document. */
export interface Locator {
  /**
   * The span of the node at `path` (its value, or its key in the map above it). Where the path does not exist,
   * the span of the nearest ancestor that does. Costs a walk: called only when there is something to report.
   */
  locate(path: readonly PathKey[], target: "key" | "value"): Span;
}

/**
 * A node of a manifest, by the way that leads to it. Every node of the App carries one. It is two pointers, and becomes a
 * span only when somebody asks: a manifest without mistakes never pays for positions.
 */
export class Place {
  readonly document: Locator;
  readonly parent: Place | undefined;
  readonly key: PathKey | undefined;

  private constructor(document: Locator, parent: Place | undefined, key: PathKey | undefined) {
    this.document = document;
    this.parent = parent;
    this.key = key;
  }

  /** The root of a document. */
  static root(document: Locator): Place {
    return new Place(document, undefined, undefined);
  }

  /** The place of an entry of this map or list. */
  at(key: PathKey): Place {
    return new Place(this.document, this, key);
  }

  /** The keys that lead here from the root. */
  get path(): readonly PathKey[] {
    const keys: PathKey[] = [];
    for (let place: Place | undefined = this; place?.parent; place = place.parent) keys.unshift(place.key!);
    return keys;
  }

  /** Where the value stands. */
  get span(): Span {
    return this.document.locate(this.path, "value");
  }

  /** Where the key stands that holds the value; the value itself for an item of a list. */
  get keySpan(): Span {
    return this.document.locate(this.path, "key");
  }
}
