import { useEffect, useRef, useState } from 'react';
import { useDeferred } from '@/ui/deferred';

const load = () => import('@atlaskit/pragmatic-drag-and-drop/element/adapter');

/** Nobody drags before the first paint. */
const useDragging = () => useDeferred('dragging', load);

/** The newest value, for what listens longer than one drawing. */
function useLatest<T>(value: T) {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}

/** An element that is lifted with its record. */
export function useLift<Row>(row: Row, mayLift: (row: Row) => boolean) {
  const element = useRef<HTMLLIElement>(null);
  const drag = useDragging();
  const [lifted, setLifted] = useState(false);
  const latest = useLatest({ row, mayLift });
  useEffect(() => {
    if (!element.current || !drag) return;
    return drag.draggable({
      element: element.current,
      getInitialData: () => ({ row: latest.current.row }),
      canDrag: () => latest.current.mayLift(latest.current.row),
      onDragStart: () => setLifted(true),
      onDrop: () => setLifted(false),
    });
  }, [drag, latest]);
  return { element, lifted };
}

/** A place, known by its name, that takes a record only when the rules would. */
export function useDrop<Row, Target extends HTMLElement = HTMLElement>(
  place: string,
  takes: (row: Row) => boolean,
) {
  const element = useRef<Target>(null);
  const [over, setOver] = useState(false);
  const drag = useDragging();
  const latest = useLatest(takes);
  useEffect(() => {
    if (!element.current || !drag) return;
    return drag.dropTargetForElements({
      element: element.current,
      getData: () => ({ place }),
      canDrop: ({ source }) => latest.current(source.data.row as Row),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
  }, [place, drag, latest]);
  return { element, over };
}

/** The record in the air, while there is one; hears where it was dropped. */
export function useDragged<Row, Place extends string>(onDrop: (row: Row, place: Place) => void) {
  const [dragged, setDragged] = useState<Row>();
  const drag = useDragging();
  const latest = useLatest(onDrop);
  useEffect(
    () =>
      drag?.monitorForElements({
        onDragStart: ({ source }) => setDragged(() => source.data.row as Row),
        onDrop: ({ source, location }) => {
          setDragged(undefined);
          const place = location.current.dropTargets[0]?.data.place as Place | undefined;
          if (place) latest.current(source.data.row as Row, place);
        },
      }),
    [drag, latest],
  );
  return dragged;
}
