import type { Child } from "hono/jsx";

/** A chart with its title, what else its caption holds, and the value that is read off it. */
export function Figure({ id, title, children }: FigureProps) {
  return (
    <figure class={`chart ${id}`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        {children}
        <span id={`${id}-readout`} class="readout" aria-hidden="true"></span>
      </figcaption>
      <div
        id={`${id}-plot`}
        class="plot"
        tabindex={0}
        role="slider"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-summary`}
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        aria-valuetext="—"
      >
      </div>
      <p id={`${id}-summary`} class="unseen"></p>
    </figure>
  );
}

interface FigureProps {
  readonly id: string;
  readonly title: string;
  readonly children?: Child;
}
