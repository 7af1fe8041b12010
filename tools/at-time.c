// Preloaded by tools/at-time: the wall clock of a process and of all that it starts is moved by
// AT_TIME_OFFSET seconds. Lengths of waits stay: the monotonic clock is not touched, and who waits
// until a moment of the wall clock waits until that moment less the offset. libfaketime does more
// and, asked for the time while tcmalloc is being set up, calls itself for ever.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

static time_t offset(void) {
  static time_t known;
  static int asked;
  if (!asked) {
    const char* text = getenv("AT_TIME_OFFSET");
    known = text ? atol(text) : 0;
    asked = 1;
  }
  return known;
}

// Without libc, whose `syscall` is replaced below.
static long in_kernel(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
#endif
}

static long answer_of(long result) {
  if (result >= 0 || result < -4095) return result;
  errno = (int)-result;
  return -1;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const long failed = answer_of(in_kernel(SYS_clock_gettime, clock, (long)now, 0, 0, 0, 0));
  const int wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
  if (!failed && wall) now->tv_sec += offset();
  return (int)failed;
}

int timespec_get(struct timespec* now, int base) {
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

int gettimeofday(struct timeval* restrict now, void* restrict zone) {
  struct timespec exact;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t* into) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (into) *into = now.tv_sec;
  return now.tv_sec;
}

// The moment as the kernel's clock has it; one of the monotonic clock, which counts from the
// machine's start, stays.
static const struct timespec* true_moment(const struct timespec* moment, struct timespec* room) {
  const time_t kYears = 20L * 365 * 86400;
  if (!moment || moment->tv_sec < kYears) return moment;
  *room = *moment;
  room->tv_sec -= offset();
  return room;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int pthread_cond_timedwait(pthread_cond_t* restrict cond, pthread_mutex_t* restrict mutex,
                           const struct timespec* restrict until) {
  static __typeof__(&pthread_cond_timedwait) next;
  struct timespec room;
  if (!next) next = NEXT(pthread_cond_timedwait);
  return next(cond, mutex, true_moment(until, &room));
}

int pthread_cond_clockwait(pthread_cond_t* restrict cond, pthread_mutex_t* restrict mutex,
                           clockid_t clock, const struct timespec* restrict until) {
  static __typeof__(&pthread_cond_clockwait) next;
  struct timespec room;
  if (!next) next = NEXT(pthread_cond_clockwait);
  return next(cond, mutex, clock, clock == CLOCK_REALTIME ? true_moment(until, &room) : until);
}

int pthread_mutex_timedlock(pthread_mutex_t* restrict mutex,
                            const struct timespec* restrict until) {
  static __typeof__(&pthread_mutex_timedlock) next;
  struct timespec room;
  if (!next) next = NEXT(pthread_mutex_timedlock);
  return next(mutex, true_moment(until, &room));
}

int sem_timedwait(sem_t* restrict semaphore, const struct timespec* restrict until) {
  static __typeof__(&sem_timedwait) next;
  struct timespec room;
  if (!next) next = NEXT(sem_timedwait);
  return next(semaphore, true_moment(until, &room));
}

// Abseil waits by this for the kernel's own locks.
long syscall(long number, ...) {
  long given[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; ++i) given[i] = va_arg(list, long);
  va_end(list);
  struct timespec room;
  if (number == SYS_futex && (given[1] & FUTEX_CLOCK_REALTIME)) {
    given[3] = (long)true_moment((const struct timespec*)given[3], &room);
  }
  return answer_of(in_kernel(number, given[0], given[1], given[2], given[3], given[4], given[5]));
}
