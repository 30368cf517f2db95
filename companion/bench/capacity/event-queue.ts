interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A clock that jumps from one event to the next; those of one moment run in the order in which they were given. */
export class EventQueue {
  #heap: Event[] = [];
  #given = 0;
  /** Milliseconds since the beginning. */
  now = 0;

  /** @param delay milliseconds from now */
  after(delay: number, run: () => void): void {
    const event = { at: this.now + delay, order: this.#given, run };
    this.#given += 1;
    let place = this.#heap.push(event) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as Event;
      if (!isBefore(event, parent)) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = event;
  }

  /** Runs everything that happens before `until`, in milliseconds. */
  run(until: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.at <= until; next = this.#heap[0]) {
      this.#take();
      this.now = next.at;
      next.run();
    }
    this.now = until;
  }

  #take(): void {
    const last = this.#heap.pop() as Event;
    const { length } = this.#heap;
    if (length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      const other = this.#heap[child + 1];
      if (other !== undefined && isBefore(other, this.#heap[child] as Event)) child += 1;
      const below = this.#heap[child] as Event;
      if (!isBefore(below, last)) break;
      this.#heap[place] = below;
      place = child;
    }
    this.#heap[place] = last;
  }
}

/** So many places at once, and a line before them. */
export class Station {
  readonly #clock: EventQueue;
  readonly #places: number;
  readonly #line: { readonly service: number; readonly done: () => void }[] = [];
  #first = 0;
  #taken = 0;
  /** Milliseconds of service so far, over all places. */
  served = 0;

  constructor(clock: EventQueue, places: number) {
    this.#clock = clock;
    this.#places = places;
  }

  /** @param service milliseconds of it */
  serve(service: number, done: () => void): void {
    this.#line.push({ service, done });
    this.#next();
  }

  #next(): void {
    while (this.#taken < this.#places && this.#first < this.#line.length) {
      const { service, done } = this.#line[this.#first] as { service: number; done: () => void };
      this.#first += 1;
      if (this.#first > 1_000) {
        this.#line.splice(0, this.#first);
        this.#first = 0;
      }
      this.#taken += 1;
      this.served += service;
      this.#clock.after(service, () => {
        this.#taken -= 1;
        done();
        this.#next();
      });
    }
  }
}
