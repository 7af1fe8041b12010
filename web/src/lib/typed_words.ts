/** The words that days are typed by, in both languages; ё is already е. */
export type Unit = 'days' | 'weeks' | 'months' | 'halves' | 'years';

const units: Record<Unit, string> = {
  days: 'д дн день дня дней сутки d day days',
  weeks: 'н нед неделю недели недель week weeks w',
  months: 'м мес месяц месяца месяцев month months m',
  halves: 'полгода',
  years: 'г год года лет year years y',
};
const weekdays = [
  'понедельник понедельника понедельнику пн понед monday mon mondays',
  'вторник вторника вторнику вт tuesday tue tues tuesdays',
  'среда среды среде среду ср wednesday wed wednesdays',
  'четверг четверга четвергу чт thursday thu thur thursdays',
  'пятница пятницы пятнице пятницу пт friday fri fridays',
  'суббота субботы субботе субботу сб saturday sat saturdays',
  'воскресенье воскресенья воскресенью вс воскр sunday sun sundays',
];
const months = [
  'янв января january jan',
  'фев февр февраля february feb',
  'мар март марта march mar',
  'апр апреля april apr',
  'май мая may',
  'июн июнь июня june jun',
  'июл июль июля july jul',
  'авг августа august aug',
  'сен сент сентября september sep sept',
  'окт октября october oct',
  'ноя нояб ноября november nov',
  'дек декабря december dec',
];
const near: Record<string, number> = {
  сегодня: 0,
  завтра: 1,
  послезавтра: 2,
  вчера: -1,
  позавчера: -2,
  today: 0,
  tomorrow: 1,
  'day after tomorrow': 2,
  yesterday: -1,
};

const among = (words: string, word: string) => word !== '' && words.split(' ').includes(word);
/** 1 for the first, 0 for none. */
const position = (list: string[], word: string) => list.findIndex((one) => among(one, word)) + 1;

export const unitOfWord = (word: string): Unit | undefined =>
  (Object.keys(units) as Unit[]).find((unit) => among(units[unit], word));
/** 1 for a Monday to 7 for a Sunday; 0 for another word. */
export const weekdayOfWord = (word: string) => position(weekdays, word);
/** 1 for January to 12; 0 for another word. */
export const monthOfWord = (word: string) => position(months, word);
/** How many days from today. */
export const nearWord = (words: string): number | undefined =>
  Object.hasOwn(near, words) ? near[words] : undefined;
