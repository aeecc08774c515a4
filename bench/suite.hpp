// SPDX-License-Identifier: MIT
#pragma once
// What a family of benchmarks says about itself: tables of rows that compute the same thing in different ways. A family
// is one source file with one `registration`; everything else (order, checks, timing, printing, JSON) is done for it.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bench {

/// What a table counts: bytes (GB/s) where memory is the limit, floating-point operations (GFLOP/s) where arithmetic is,
/// elements (Melem/s) where the number of operations is the implementation's own affair.
enum class unit { bytes, flops, elements };

enum class role {
  limit,       ///< what the machine can do; measured in turn with the rows, printed below them
  scalar,      ///< the plain loop: the others' speed-up is over this row
  dispatched,  ///< lanewise through lanewise::dispatch, on the row's target
  fixed,       ///< lanewise compiled for one instruction set
  variant,     ///< lanewise, but not to the same accuracy
  peer,        ///< somebody else's code
};

/// One way to compute what the table is about.
struct row {
  std::string name;  ///< unique in its table
  bench::role role = role::dispatched;
  std::string target = {};   ///< what lanewise::use_target gets before the row runs; empty: does not matter
  std::string note = {};     ///< printed behind the name
  std::string limit = {};    ///< the limit row it is held against ("read": the best of "read x 4", ...); empty: none
  std::string same_as = {};  ///< fixed, variant, peer: the target whose dispatched row uses the same instructions
  std::function<std::string()> check = nullptr;  ///< runs it once: empty, or what is wrong with the result
  std::function<void(benchmark::State&)> loop = nullptr;  ///< see `timed`
  double work = 0;  ///< bytes, flops or elements of one call, where it is not the table's
  std::string key = {};  ///< limit: what it measures; of all rows of this key the best counts ("fma/f32/avx2")
};

/// Rows that are timed in turn and printed together.
struct table {
  std::string name;   ///< "sum/f32/1000000"; with "/" and a row's name, what --filter matches
  std::string title;  ///< for people
  unit counted = unit::bytes;
  double work = 0;                               ///< bytes, flops or elements of one call
  std::function<std::vector<row>()> rows = nullptr;  ///< makes the data and the rows that work on it; called when it is their turn
  bool quick = true;            ///< whether it is part of --quick
  bool wall_clock = false;      ///< for rows with several threads; otherwise the thread's CPU time counts
  int repetitions = 9;
  double min_seconds = 0.008;   ///< of one repetition
};

struct row_result {
  bench::row row;
  std::string error;            ///< result wrong, or an exception
  std::vector<double> seconds;  ///< of one call, one value a repetition, sorted; empty: not measured
  double limit = 0;             ///< the rate it is held against, as rate() has it; 0: none

  double median() const;
  double spread() const;  ///< distance of the quartiles over the median
  /// In thousand millions a second.
  double rate(double table_work) const { return (row.work != 0 ? row.work : table_work) / median() * 1e-9; }
};

struct table_result {
  bench::table table;
  std::vector<row_result> rows;

  const row_result* find(const std::string& name) const;  ///< null if there is none that was measured
  const row_result* scalar() const;
};

struct options {
  bool quick = false;
  std::string filter = ".";
  std::string json = {};
  bool own_repetitions = false;  ///< --benchmark_repetitions, --benchmark_min_time given
  bool own_min_time = false;
};

/// A family: its tables, and, if it has a form of its own, how they are printed (together, at the end).
struct family {
  std::string name;
  int order = 0;  ///< families run in ascending order
  std::function<std::vector<table>()> tables;
  std::function<void(const std::vector<table_result>&)> print = nullptr;
  bool always = false;  ///< runs whatever --filter says
};

std::vector<family>& families();

struct registration {
  explicit registration(family f) { families().push_back(std::move(f)); }
};

/// The lanewise targets to measure, best first: all that this CPU has, or the one that LANEWISE_TARGET names.
const std::vector<std::string>& targets();

/// Whether objects compiled for x86-64-v3 (`level` 3) or -v4 (4) run here and were built.
bool level_runs(int level);

/// The loop around f for `row::loop`; f is inlined into it, and its result, if any, kept.
template <class F>
std::function<void(benchmark::State&)> timed(F f) {
  return [f](benchmark::State& state) mutable {
    for ([[maybe_unused]] auto _ : state) {
      if constexpr (std::is_void_v<decltype(f())>) {
        f();
      } else {
        auto result = f();
        benchmark::DoNotOptimize(result);
      }
      benchmark::ClobberMemory();
    }
  };
}

/// "1,000,000".
std::string grouped(std::size_t n);

/// "4.0 KB", powers of ten.
std::string bytes_text(double bytes);

/// True once Ctrl-C was pressed.
bool interrupted();

}  // namespace bench
