import {
  AlertTriangle,
  Archive as ArchiveIcon,
  ArrowUpRight,
  Ban as BanIcon,
  Bell as BellIcon,
  CalendarClock,
  CalendarDays,
  ChartColumn,
  Check as CheckIcon,
  ChevronDown as ChevronDownIcon,
  ChevronLeft as ChevronLeftIcon,
  ChevronRight as ChevronRightIcon,
  ChevronUp as ChevronUpIcon,
  Columns3,
  Copy as CopyIcon,
  Download as DownloadIcon,
  Ellipsis,
  Handshake,
  History as HistoryIcon,
  KeyRound,
  Layers,
  ListChecks,
  ListFilter,
  Lock as LockIcon,
  LogOut as LogOutIcon,
  type LucideProps,
  MessageSquare,
  Minus as MinusIcon,
  Monitor as MonitorIcon,
  Moon as MoonIcon,
  Pencil as PencilIcon,
  Phone as PhoneIcon,
  Plus as PlusIcon,
  RefreshCw,
  Search as SearchIcon,
  Send as SendIcon,
  Settings as SettingsIcon,
  Share2,
  ShieldCheck as ShieldIcon,
  SlidersHorizontal,
  Sun as SunIcon,
  Sunrise,
  Table2,
  Trash2,
  UserPlus as UserPlusIcon,
  Users as UsersIcon,
  Wallet,
  X as XIcon,
} from 'lucide-react';
import { createElement, type FunctionComponent } from 'react';

/** One size and weight for all icons; the meaning is in the words beside them. */
const icon = (source: FunctionComponent<LucideProps>, size = 15) => {
  const Drawn = () => createElement(source, { size, strokeWidth: 1.8, 'aria-hidden': true });
  return Drawn;
};
export const Warning = icon(AlertTriangle, 12);
export const WarningBig = icon(AlertTriangle, 18);
export const Archive = icon(ArchiveIcon);
export const Open = icon(ArrowUpRight, 13);
export const Ban = icon(BanIcon);
export const Bell = icon(BellIcon);
export const Clock = icon(CalendarClock, 12);
export const Check = icon(CheckIcon, 13);
export const ChevronDown = icon(ChevronDownIcon, 13);
export const ChevronLeft = icon(ChevronLeftIcon);
export const ChevronRight = icon(ChevronRightIcon);
export const ChevronUp = icon(ChevronUpIcon, 13);
export const ColumnsIcon = icon(SlidersHorizontal);
export const GroupIcon = icon(Layers);
export const Minus = icon(MinusIcon, 13);
export const CalendarIcon = icon(CalendarDays);
export const ChartIcon = icon(ChartColumn);
export const BoardIcon = icon(Columns3);
export const Copy = icon(CopyIcon, 13);
export const Download = icon(DownloadIcon);
export const More = icon(Ellipsis);
export const DealsIcon = icon(Handshake);
export const HistorySign = icon(HistoryIcon);
export const Key = icon(KeyRound);
export const FilterIcon = icon(ListFilter);
export const Lock = icon(LockIcon, 12);
export const LogOut = icon(LogOutIcon);
export const Note = icon(MessageSquare);
export const Monitor = icon(MonitorIcon);
export const Moon = icon(MoonIcon);
export const Pencil = icon(PencilIcon);
export const Phone = icon(PhoneIcon);
export const Plus = icon(PlusIcon);
export const Renewals = icon(RefreshCw);
export const Search = icon(SearchIcon);
export const Send = icon(SendIcon);
export const Settings = icon(SettingsIcon);
export const Share = icon(Share2);
export const Shield = icon(ShieldIcon);
export const Sun = icon(SunIcon);
export const TasksIcon = icon(ListChecks);
export const TodayIcon = icon(Sunrise);
export const TableIcon = icon(Table2);
export const Trash = icon(Trash2);
export const UserPlus = icon(UserPlusIcon);
export const Users = icon(UsersIcon);
export const MoneyIcon = icon(Wallet);
export const Close = icon(XIcon, 14);
