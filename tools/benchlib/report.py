"""Turns measurements into lines that say whether the goals are met."""

# Requests of Bordero for each transaction of pgbench, at the least.
RATIOS = {
    "all": {"read_client": 0.4, "list_deals": 0.45, "create_client": 0.5},
    "services": {"read_client": 0.2, "list_deals": 0.3, "create_client": 0.3},
}
# Processor time of our processes for one request, at the most.
CPU_US = {"read_client": 57 / 2, "list_deals": 205 / 2, "create_client": 78 / 2}
GROWTH = 1.5
READY_S = 1.0
IDLE_MB = 120
REPORT_S = 1.0
CLOCK_S = 60
STORES = ("pg-main", "pg-audit", "redis", "rabbitmq")


def verdict(good):
    return "met" if good else "NOT met"


def of_mode(mode, results):
    lines = [f"\n{mode}: requests a second, ratio to pgbench, p50/p99, CPU µs a request"]
    for kind, result in results.items():
        ratio = result["per_second"] / result["pgbench_per_second"]
        goal = RATIOS[mode][kind]
        own = {name: us for name, us in result["cpu_us"].items() if name not in STORES}
        stores = {name: us for name, us in result["cpu_us"].items() if name in STORES}
        total = sum(own.values())
        lines += [
            f"  {kind:14} {result['per_second']:8.0f}/s of {result['pgbench_per_second']:8.0f}/s"
            f" = {ratio:.2f} (goal {goal}: {verdict(ratio >= goal)})"
            f"  p50 {result['p50_us'] / 1000:.1f} ms, p99 {result['p99_us'] / 1000:.1f} ms",
            f"  {'':14} CPU {total:.0f} µs (goal below {CPU_US[kind]:.0f}:"
            f" {verdict(total < CPU_US[kind])}) = {_each(own)}; stores {_each(stores)}",
        ]
    return "\n".join(lines)


def of_rest(result):
    ready, idle = result["ready_s"], result["idle_mb"]
    lines = [
        f"\nbordero all: ready in {ready:.2f} s (goal {READY_S}: {verdict(ready <= READY_S)}),"
        f" idle {idle:.0f} MB (goal {IDLE_MB}: {verdict(idle <= IDLE_MB)})"
    ]
    return "\n".join(lines)


def of_working_day(result):
    lines = []
    for kind, times in result["growth"].items():
        ratio = times["p99_us"] / times["small_p99_us"]
        lines.append(
            f"  {kind:14} p99 {times['p99_us'] / 1000:.1f} ms on the large set,"
            f" {times['small_p99_us'] / 1000:.1f} ms on the small: ratio {ratio:.2f}"
            f" (goal {GROWTH}: {verdict(ratio <= GROWTH)})"
        )
    for name, seconds in result["reports_s"].items():
        met = verdict(seconds <= REPORT_S)
        lines.append(f"  {name}: {seconds:.2f} s (goal {REPORT_S}: {met})")
    clock = result["clock"]
    ratio = clock["busy_p99_us"] / clock["calm_p99_us"]
    lines += [
        f"  the clock: {clock['events']} reminders of a day in {clock['seconds']:.0f} s"
        f" (goal {CLOCK_S}: {verdict(clock['seconds'] <= CLOCK_S)})",
        f"  p99 while it works {clock['busy_p99_us'] / 1000:.1f} ms,"
        f" without {clock['calm_p99_us'] / 1000:.1f} ms: ratio {ratio:.2f}"
        f" (goal {GROWTH}: {verdict(ratio <= GROWTH)})",
    ]
    return "\n".join(lines)


def _each(costs):
    return ", ".join(f"{name} {us:.0f}" for name, us in costs.items())
