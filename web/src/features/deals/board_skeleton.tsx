import { Bone, Skeleton } from '@/ui/states';

export const BoardSkeleton = () => (
  <Skeleton>
    <div className="flex gap-2.5 px-5">
      {[3, 2, 3, 1].map((cards, column) => (
        <div
          key={column}
          className="flex max-w-[340px] min-w-[216px] flex-1 flex-col gap-2 rounded-panel bg-canvas p-2"
        >
          <Bone className="m-2 h-4 w-24" />
          {Array.from({ length: cards }, (_, card) => (
            <Bone key={card} className="h-28 rounded-card" />
          ))}
        </div>
      ))}
    </div>
  </Skeleton>
);
