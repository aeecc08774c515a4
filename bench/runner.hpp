// SPDX-License-Identifier: MIT
#pragma once
// Runs tables and remembers what the whole run needs: every repetition for the JSON file, the best limits, failures.

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

#include "suite.hpp"

namespace bench {

class runner {
 public:
  explicit runner(options o) : options_(std::move(o)) {}

  /// Ctrl-C ends the measurement and keeps what is there; the third time it ends the program.
  static void catch_interrupts();

  /// The family's tables that --quick and --filter leave.
  std::vector<table> selected(const family& f) const;

  /// Checks and times the rows; all of them, or those that --filter leaves besides the limits and the scalar row.
  table_result run(const table& t, bool everything);

  /// Whether a result was wrong.
  bool wrong() const { return wrong_; }

  const std::vector<benchmark::BenchmarkReporter::Run>& runs() const { return runs_; }

 private:
  options options_;
  std::vector<benchmark::BenchmarkReporter::Run> runs_;
  std::map<std::string, double> limits_;
  bool wrong_ = false;
};

}  // namespace bench
