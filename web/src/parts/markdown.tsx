import type { ReactNode } from 'react';

/** A closed list of elements; HTML is shown as text, links only to http, https and mail. */
export function Markdown({ text }: { text: string }) {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return (
    <div className="flex flex-col gap-1.5 break-words">
      {blocks.map((block, index) => (
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

function Block({ text }: { text: string }) {
  const lines = text.split('\n');
  if (lines.every((line) => /^\s*[-*•]\s+/.test(line))) {
    return (
      <ul className="list-disc pl-5">
        {lines.map((line, index) => (
          <li key={index}>{inline(line.replace(/^\s*[-*•]\s+/, ''))}</li>
        ))}
      </ul>
    );
  }
  return <p className="whitespace-pre-line">{inline(text)}</p>;
}

const marks =
  /(\*\*[^*\n]+\*\*|`[^`\n]+`|\[[^\]\n]+\]\((?:https?:\/\/|mailto:)[^\s)]+\)|https?:\/\/[^\s<>()]+|@[\p{Lu}][\p{L}-]+(?: [\p{Lu}][\p{L}-]+)?)/u;

function inline(text: string): ReactNode[] {
  return text.split(marks).map((part, index) => {
    const key = `${index}${part.slice(0, 8)}`;
    if (index % 2 === 0) return part;
    if (part.startsWith('**')) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (part.startsWith('`')) return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith('@')) {
      return (
        <span key={key} className="font-medium text-accent-ink">
          {part}
        </span>
      );
    }
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    return (
      <a
        key={key}
        href={link?.[2] ?? part}
        rel="noopener noreferrer"
        target="_blank"
        className="text-accent-ink underline"
      >
        {link?.[1] ?? part}
      </a>
    );
  });
}
