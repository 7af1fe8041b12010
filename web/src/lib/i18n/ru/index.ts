import admin from './admin.json';
import auth from './auth.json';
import calculations from './calculations.json';
import calendar from './calendar.json';
import clients from './clients.json';
import common from './common.json';
import deal from './deal.json';
import deals from './deals.json';
import errors from './errors.json';
import exports from './exports.json';
import inbox from './inbox.json';
import list from './list.json';
import money from './money.json';
import palette from './palette.json';
import policies from './policies.json';
import profile from './profile.json';
import reports from './reports.json';
import tasks from './tasks.json';
import today from './today.json';

/** The shape of all words: types come from here, the words themselves file by file. */
export const words = {
  admin,
  auth,
  calculations,
  calendar,
  clients,
  common,
  deal,
  deals,
  errors,
  exports,
  inbox,
  list,
  money,
  palette,
  policies,
  profile,
  reports,
  tasks,
  today,
};
