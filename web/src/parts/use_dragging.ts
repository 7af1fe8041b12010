import { useDeferred } from '@/ui/deferred';

const load = () => import('@atlaskit/pragmatic-drag-and-drop/element/adapter');

/** Nobody drags before the first paint. */
export const useDragging = () => useDeferred('dragging', load);
