// SPDX-License-Identifier: MIT
// Runs tables: checks their rows, has Google Benchmark time them in random order, and keeps what it reports.

#include "suite.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <map>
#include <regex>

#include <lanewise/dispatch/dispatch.hpp>

#include "report.hpp"
#include "runner.hpp"

namespace bench {

double row_result::median() const {
  const std::size_t n = seconds.size();
  if (n == 0) return 0;
  return (seconds[(n - 1) / 2] + seconds[n / 2]) / 2;
}

double row_result::spread() const {
  const std::size_t n = seconds.size();
  if (n < 2) return 0;
  return (seconds[(3 * n) / 4] - seconds[n / 4]) / median();
}

const row_result* table_result::find(const std::string& name) const {
  for (const row_result& r : rows) {
    if (r.row.name == name && !r.seconds.empty()) return &r;
  }
  return nullptr;
}

const row_result* table_result::scalar() const {
  for (const row_result& r : rows) {
    if (r.row.role == role::scalar && !r.seconds.empty()) return &r;
  }
  return nullptr;
}

std::vector<family>& families() {
  static std::vector<family> all;
  return all;
}

const std::vector<std::string>& targets() {
  static const std::vector<std::string> all = [] {
    const lanewise::cpu_description cpu = lanewise::cpu_info();
    const char* forced = std::getenv("LANEWISE_TARGET");
    return forced != nullptr && *forced != '\0' ? std::vector<std::string>{cpu.chosen} : cpu.usable;
  }();
  return all;
}

bool level_runs([[maybe_unused]] int level) {
#ifdef LANEWISE_BENCH_LEVELS
  const std::string target = level == 4 ? "avx3" : "avx2";
  return std::find(targets().begin(), targets().end(), target) != targets().end();
#else
  return false;
#endif
}

namespace {

volatile std::sig_atomic_t interrupts = 0;

void on_interrupt(int) {
  interrupts = interrupts + 1;
  if (interrupts > 2) std::_Exit(130);
}

/// The way out of a table after Ctrl-C: a row skipped in the middle of its repetitions makes Google Benchmark abort.
struct interruption {};

/// Collects every run; prints nothing.
class collector : public benchmark::BenchmarkReporter {
 public:
  explicit collector(std::vector<Run>& all) : all_(all) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (Run run : runs) {
      run.run_name.min_time.clear();  // so that names depend on nothing but the row
      run.run_name.repetitions.clear();
      all_.push_back(std::move(run));
    }
  }

 private:
  std::vector<Run>& all_;
};

std::string checked(const row& r) {
  if (!r.check) return "";
  try {
    return r.check();
  } catch (const std::exception& e) {
    return e.what();
  }
}

}  // namespace

bool interrupted() { return interrupts != 0; }

void runner::catch_interrupts() { std::signal(SIGINT, on_interrupt); }

std::vector<table> runner::selected(const family& f) const {
  std::vector<table> chosen;
  const std::regex wanted(options_.filter);
  for (table& t : f.tables()) {
    if (options_.quick && !t.quick) continue;
    bool match = f.always || std::regex_search(t.name, wanted);
    for (const std::string& row : {std::string("scalar"), std::string("static"), std::string("peer")}) {
      match = match || std::regex_search(t.name + '/' + row, wanted);
    }
    for (const std::string& target : targets()) match = match || std::regex_search(t.name + '/' + target, wanted);
    if (match) chosen.push_back(std::move(t));
  }
  return chosen;
}

table_result runner::run(const table& t, bool everything) {
  table_result result{.table = t, .rows = {}};
  const std::regex wanted(options_.filter);
  std::map<std::string, std::size_t> index;
  progress(t.title);

  benchmark::ClearRegisteredBenchmarks();
  for (row& r : t.rows()) {
    const std::string name = t.name + '/' + r.name;
    const bool needed = everything || r.role == role::limit || r.role == role::scalar;
    if (interrupted() || (!needed && !std::regex_search(name, wanted))) continue;
    if (!r.target.empty()) lanewise::use_target(r.target);
    row_result entry{.row = r, .error = checked(r), .seconds = {}};
    if (entry.error.empty()) {
      index[name] = result.rows.size();
      const auto loop = [target = r.target, inner = r.loop, work = r.work != 0 ? r.work : t.work,
                         counted = t.counted](benchmark::State& state) {
        if (interrupted()) throw interruption();
        if (!target.empty()) lanewise::use_target(target);
        inner(state);
        const char* counter = counted == unit::bytes   ? "bytes_per_second"
                              : counted == unit::flops ? "flops_per_second"
                                                       : "items_per_second";
        state.counters[counter] = benchmark::Counter(work, benchmark::Counter::kIsIterationInvariantRate);
      };
      auto* registered = benchmark::RegisterBenchmark(name.c_str(), loop);
      if (!options_.own_repetitions) registered->Repetitions(t.repetitions);
      if (!options_.own_min_time) registered->MinTime(t.min_seconds);
      if (t.wall_clock) registered->UseRealTime();
    } else {
      wrong_ = true;
    }
    result.rows.push_back(std::move(entry));
  }
  if (index.empty()) return result;

  const std::size_t before = runs_.size();
  collector reporter(runs_);
  try {
    benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, ".");
  } catch (const interruption&) {  // what was reported of this table is kept
  }
  benchmark::ClearRegisteredBenchmarks();
  progress("");

  for (std::size_t i = before; i < runs_.size(); ++i) {
    const auto& run = runs_[i];
    const double total = t.wall_clock ? run.real_accumulated_time : run.cpu_accumulated_time;
    if (run.run_type != benchmark::BenchmarkReporter::Run::RT_Iteration || total <= 0) continue;  // skipped: 0
    const auto found = index.find(run.run_name.function_name);
    if (found == index.end()) continue;
    result.rows[found->second].seconds.push_back(total / static_cast<double>(run.iterations));
  }
  for (row_result& r : result.rows) {
    std::sort(r.seconds.begin(), r.seconds.end());
    if (r.seconds.empty() || r.row.key.empty()) continue;
    double& best = limits_[r.row.key];
    best = std::max(best, r.rate(t.work));
  }
  for (row_result& r : result.rows) {
    if (r.row.limit.empty()) continue;
    for (const row_result& limit : result.rows) {
      const bool same = limit.row.name == r.row.limit || limit.row.name.starts_with(r.row.limit + ' ');
      if (limit.row.role != role::limit || !same || limit.seconds.empty()) continue;
      r.limit = std::max(r.limit, limit.row.key.empty() ? limit.rate(t.work) : limits_[limit.row.key]);
    }
  }
  return result;
}

}  // namespace bench
