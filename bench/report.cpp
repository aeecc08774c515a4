// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <hwy/base.h>

#ifdef __unix__
#include <unistd.h>
#endif

#include <lanewise/config/version.hpp>
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/loops/thread_pool.hpp>

namespace bench {
namespace {

bool is_terminal([[maybe_unused]] std::FILE* file) {
#ifdef __unix__
  const char* term = std::getenv("TERM");
  return isatty(fileno(file)) != 0 && term != nullptr && std::strcmp(term, "dumb") != 0;
#else
  return false;
#endif
}

bool coloured() {
  static const bool yes = is_terminal(stdout) && std::getenv("NO_COLOR") == nullptr;
  return yes;
}
const char* bold() { return coloured() ? "\033[1m" : ""; }
const char* faint() { return coloured() ? "\033[2m" : ""; }
const char* red() { return coloured() ? "\033[1;31m" : ""; }
const char* plain() { return coloured() ? "\033[0m" : ""; }

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) {
    if (!all.empty()) all += ' ';
    all += word;
  }
  return all;
}

std::string format(const char* pattern, double x, const char* text = "") {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, pattern, x, text);
  return buffer;
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#elif defined(__GNUC__)
  return "g++ " __VERSION__;
#else
  return "unknown";
#endif
}

std::string caches() {
  std::string text;
  for (const auto& c : benchmark::CPUInfo::Get().caches) {
    if (c.type == "Instruction") continue;
    if (!text.empty()) text += ", ";
    const auto kib = static_cast<unsigned>(c.size) / 1024;
    text += 'L' + std::to_string(c.level) + ' ';
    text += kib >= 1024 ? std::to_string(kib / 1024) + " MiB" : std::to_string(kib) + " KiB";
    if (c.num_sharing > 1) text += " for " + std::to_string(c.num_sharing);
  }
  return text.empty() ? "unknown" : text;
}

std::string now() {
  const std::time_t t = std::time(nullptr);
  char text[64];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M %Z", std::localtime(&t));
  return text;
}

std::string label(const row& r) {
  const bool ours = r.role == role::dispatched || r.role == role::variant;
  return (ours ? "lanewise " : "") + r.name + (r.note.empty() ? "" : " ") + r.note;
}

const char* unit_text(unit u) { return u == unit::bytes ? "GB/s" : u == unit::flops ? "GFLOP/s" : "Melem/s"; }

std::string rate_text(const table& t, const row_result& r) {
  return number_text(r.rate(t.work) * (t.counted == unit::elements ? 1000 : 1));
}

std::string spread_text(const row_result& r) {
  if (r.seconds.size() < 3) return "-";
  return format("%.1f %%", 100 * r.spread()) + (r.spread() > unstable_spread ? " !" : "  ");
}

/// How many times as long as the dispatched row of the same instructions this one takes; 0: cannot be said.
double over_dispatched(const table_result& t, const row_result& r) {
  const row_result* same = r.row.same_as.empty() ? nullptr : t.find(r.row.same_as);
  return same == nullptr || r.seconds.empty() ? 0 : r.median() / same->median();
}

const char* const rule =
    "----------------------------------------------------------------------------------------------------";

}  // namespace

std::string grouped(std::size_t n) {
  const std::string digits = std::to_string(n);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string number_text(double x) {
  if (!(x > 0)) return "-";
  if (x >= 1000) return grouped(static_cast<std::size_t>(std::lround(x)));
  return format(x >= 99.95 ? "%.0f" : x >= 9.995 ? "%.1f" : "%.2f", x);
}

std::string bytes_text(double bytes) {
  const char* unit = " B";
  for (const char* next : {" KB", " MB", " GB"}) {
    if (bytes < 999.5) break;
    bytes /= 1000;
    unit = next;
  }
  return format(bytes >= 9.95 ? "%.0f%s" : "%.1f%s", bytes, unit);
}

std::string time_text(double seconds) {
  const char* unit = "s";
  for (const char* next : {"ms", "us", "ns"}) {
    if (seconds >= 0.9995) break;
    seconds *= 1000;
    unit = next;
  }
  return format(seconds >= 99.95 ? "%.0f %s" : seconds >= 9.995 ? "%.1f %s" : "%.2f %s", seconds, unit);
}

void heading(const std::string& text, const std::string& note) {
  std::printf("\n%s%s%s", bold(), text.c_str(), plain());
  if (!note.empty()) std::printf("  %s%s%s", faint(), note.c_str(), plain());
  std::printf("\n");
}

void progress(const std::string& text) {
  if (!is_terminal(stderr)) return;
  std::fprintf(stderr, text.empty() ? "\r\033[K%s" : "\r\033[Kmeasuring: %.80s", text.c_str());
  std::fflush(stderr);
}

std::vector<fact> facts() {
  const lanewise::cpu_description cpu = lanewise::cpu_info();
  const auto& info = benchmark::CPUInfo::Get();
  return {
      {"cpu", "CPU", cpu.cpu},
      {"cores", "Cores", std::to_string(info.num_cpus) + ", used by threads: " +
                             std::to_string(lanewise::default_executor().workers())},
      {"caches", "Caches", caches()},
      {"compiler", "Compiler", compiler()},
      {"flags", "Flags", LANEWISE_BENCH_FLAGS},
      {"build_type", "Build",
#ifdef NDEBUG
       "release"
#else
       "DEBUG: the figures say nothing"
#endif
      },
      {"version", "lanewise", LANEWISE_VERSION_STRING},
      {"highway", "Highway",
       std::to_string(HWY_MAJOR) + '.' + std::to_string(HWY_MINOR) + '.' + std::to_string(HWY_PATCH)},
      {"targets", "Targets", joined(cpu.usable) + "  (best first)"},
      {"peers", "Peers", LANEWISE_BENCH_PEERS},
      {"date", "Date", now()},
  };
}

void print_facts(const std::vector<fact>& all) {
  for (const fact& f : all) std::printf("%s%-10s%s %s\n", faint(), f.label.c_str(), plain(), f.value.c_str());
  std::fflush(stdout);
}

void print_table(const table_result& t) {
  if (t.rows.empty()) return;
  heading(t.table.title, t.table.name);
  std::printf("%s  %-34s %10s %10s %9s %9s %11s  %9s%s\n", faint(), "", "time", unit_text(t.table.counted),
              "x scalar", "of limit", "lanewise is", "spread  ", plain());
  const row_result* scalar = t.scalar();
  std::string limits;
  for (const row_result& r : t.rows) {
    if (!r.error.empty()) {
      std::printf("  %-34s %sWRONG: %s%s\n", label(r.row).c_str(), red(), r.error.c_str(), plain());
      continue;
    }
    if (r.seconds.empty()) continue;
    const std::string rate = rate_text(t.table, r);
    if (r.row.role == role::limit) {
      if (!limits.empty()) limits += ", ";
      limits += r.row.name + ' ' + rate;
      continue;
    }
    const double ratio = over_dispatched(t, r);
    const bool emphasis = r.row.role == role::dispatched;
    std::printf("  %s%-34s%s %10s %10s %9s %9s %11s  %9s\n", emphasis ? bold() : "", label(r.row).c_str(),
                emphasis ? plain() : "", time_text(r.median()).c_str(), rate.c_str(),
                scalar == nullptr ? "-" : number_text(scalar->median() / r.median()).c_str(),
                r.limit > 0 ? format("%.0f %%", 100 * r.rate(t.table.work) / r.limit).c_str() : "-",
                ratio > 0 ? format("%.2f x", ratio).c_str() : "", spread_text(r).c_str());
  }
  if (!limits.empty()) {
    // At most 98 characters a line, broken between two limits.
    std::string line = "  limit, " + std::string(unit_text(t.table.counted)) + ": ";
    for (std::size_t at = 0; at < limits.size();) {
      const std::size_t end = std::min(limits.find(", ", at), limits.size());
      const std::string part = limits.substr(at, end - at) + (end < limits.size() ? ", " : "");
      if (line.size() + part.size() > 98) {
        std::printf("%s%s%s\n", faint(), line.c_str(), plain());
        line = "    ";
      }
      line += part;
      at = end + 2;
    }
    std::printf("%s%s%s\n", faint(), line.c_str(), plain());
  }
  std::fflush(stdout);
}

void print_summary(const std::vector<table_result>& results) {
  heading("Summary", "best target; over the peers and the static builds with the same instructions");
  std::printf("%s  %-44s %-11s %9s %9s %10s %9s%s\n", faint(), "", "best", "x scalar", "of limit", "over peer",
              "static", plain());
  bool unstable = false;
  for (const table_result& t : results) {
    const row_result* best = nullptr;
    double peer = 0;
    double fixed = 0;
    for (const row_result& r : t.rows) {
      if (r.seconds.empty()) continue;
      unstable = unstable || r.spread() > unstable_spread;
      if (r.row.role == role::dispatched && (best == nullptr || r.median() < best->median())) best = &r;
      const double ratio = over_dispatched(t, r);
      if (ratio > 0 && r.row.role == role::peer) peer = peer == 0 ? ratio : std::min(peer, ratio);
      if (ratio > 0 && r.row.role == role::fixed) {
        fixed = fixed == 0 || std::abs(ratio - 1) > std::abs(fixed - 1) ? ratio : fixed;
      }
    }
    if (best == nullptr) continue;
    const row_result* scalar = t.scalar();
    std::printf("  %-44.44s %-11s %9s %9s %10s %9s\n", t.table.title.c_str(), best->row.name.c_str(),
                scalar == nullptr ? "-" : number_text(scalar->median() / best->median()).c_str(),
                best->limit > 0 ? format("%.0f %%", 100 * best->rate(t.table.work) / best->limit).c_str() : "-",
                peer > 0 ? format("%.2f", peer).c_str() : "-", fixed > 0 ? format("%.2f", fixed).c_str() : "-");
  }
  std::printf("%s%s%s\n", faint(), rule, plain());
  std::printf(
      "%sx scalar: speed over the plain loop. of limit: of the read bandwidth at that size, or of the FMA peak,\n"
      "measured in turn with the kernel. lanewise is, over peer: speed of the dispatched kernel with the same\n"
      "instructions over that row (the fastest peer). static: the same over the statically compiled kernel, the\n"
      "farther one from 1. Targets: avx3* is AVX-512; times are medians, spread is the distance of the quartiles.%s\n",
      faint(), plain());
  if (unstable) {
    std::printf("%s! unstable: spread above %.0f %%; run again on a quiet machine before you compare.%s\n", faint(),
                100 * unstable_spread, plain());
  }
}

}  // namespace bench
