// SPDX-License-Identifier: MIT
#pragma once
// What the suite prints: the machine, a table for each kernel, the summary.

#include <string>
#include <vector>

#include "suite.hpp"

namespace bench {

/// A spread above this marks a figure as unstable.
inline constexpr double unstable_spread = 0.05;

/// One fact about the machine or the build. `key` is for JSON.
struct fact {
  std::string key;
  std::string label;
  std::string value;
};

/// CPU, cores, caches, compiler, flags, versions, targets, peers, date.
std::vector<fact> facts();

void print_facts(const std::vector<fact>& all);
void print_table(const table_result& result);
void print_summary(const std::vector<table_result>& results);

/// A line in bold, if the terminal can, with a fainter note.
void heading(const std::string& text, const std::string& note);

/// Three significant digits, or all before the point: "4.73", "47.3", "128", "4,730".
std::string number_text(double x);

/// "31.2 us".
std::string time_text(double seconds);

/// Shows what is being measured, in a terminal only, until the next output.
void progress(const std::string& text);

}  // namespace bench
