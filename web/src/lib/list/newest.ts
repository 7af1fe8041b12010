interface Versioned {
  id: string;
  version: number;
}

/** Each record once, in its first place: lists that answer one after the other may both hold it. */
export function newest<Row extends Versioned>(rows: Row[]): Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const known = byId.get(row.id);
    if (!known || known.version < row.version) byId.set(row.id, row);
  }
  return [...byId.values()];
}
