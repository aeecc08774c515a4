// SPDX-License-Identifier: MIT
// lanewise-bench: every kernel of the library on every target of this CPU, against a plain loop and the machine's limits.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <regex>
#include <string>
#include <vector>

#include "report.hpp"
#include "runner.hpp"
#include "suite.hpp"

namespace {

void print_help() {
  std::puts(
      "lanewise-bench: every kernel on every instruction set of this CPU, against a plain loop and the machine's limits\n"
      "\n"
      "  --quick          the main sizes only, about a minute (default: all sizes and element types, some minutes)\n"
      "  --filter=REGEX   rows to run, by name, for example 'sum', 'gemm/f32', 'sum/f32/1000000/avx2'; the limits and\n"
      "                   the scalar row of a table always run\n"
      "  --json=FILE      write every repetition in Google Benchmark's JSON format, with facts about the machine\n"
      "  --list           print the names of the tables\n"
      "  --help           this text\n"
      "Google Benchmark's own flags work too, for example --benchmark_repetitions=20 or --benchmark_min_time=0.1.\n"
      "LANEWISE_TARGET=avx2 measures one instruction set, LANEWISE_NUM_THREADS=4 sets the number of threads.\n"
      "\n"
      "Exit status: 0, or 1 if a kernel's result was wrong, 2 for a wrong argument, 130 after Ctrl-C (what was measured\n"
      "until then is printed and written).");
}

struct arguments {
  bench::options options;
  bool list = false;
  std::vector<char*> rest;  // for Google Benchmark
};

/// Takes our flags out of the command line.
arguments parse(int argc, char** argv) {
  arguments result;
  result.rest.push_back(argv[0]);
  for (int i = 1; i < argc; ++i) {
    const std::string text = argv[i];
    const auto value = [&](const char* flag) {
      const std::size_t n = std::strlen(flag);
      return text.compare(0, n, flag) == 0 ? text.c_str() + n : nullptr;
    };
    if (text == "--help" || text == "-h") {
      print_help();
      std::exit(0);
    } else if (text == "--quick") {
      result.options.quick = true;
    } else if (text == "--list" || text == "--benchmark_list_tests" || text == "--benchmark_list_tests=true") {
      result.list = true;
    } else if (const char* regex = value("--filter=") ? value("--filter=") : value("--benchmark_filter=")) {
      result.options.filter = *regex == '\0' ? "." : regex;
    } else if (const char* file = value("--json=") ? value("--json=") : value("--benchmark_out=")) {
      result.options.json = file;
    } else if (text == "--benchmark_out_format=json") {
      continue;
    } else {
      result.options.own_repetitions |= value("--benchmark_repetitions=") != nullptr;
      result.options.own_min_time |= value("--benchmark_min_time=") != nullptr;
      result.rest.push_back(argv[i]);
    }
  }
  return result;
}

/// False, with a message, if the file cannot be written.
bool write_json(const std::string& path, const std::vector<benchmark::BenchmarkReporter::Run>& runs) {
  std::ofstream file(path);
  benchmark::JSONReporter reporter;
  reporter.SetOutputStream(&file);
  reporter.SetErrorStream(&std::cerr);
  reporter.ReportContext(benchmark::BenchmarkReporter::Context());
  reporter.ReportRuns(runs);
  reporter.Finalize();
  file.flush();
  if (!file) std::fprintf(stderr, "lanewise-bench: cannot write %s\n", path.c_str());
  return static_cast<bool>(file);
}

int measure(const arguments& arguments) {
  using namespace bench;
  std::vector<family>& all = families();
  std::sort(all.begin(), all.end(), [](const family& a, const family& b) { return a.order < b.order; });
  runner suite(arguments.options);
  if (arguments.list) {
    for (const family& f : all) {
      for (const table& t : suite.selected(f)) std::printf("%-24s  %s\n", t.name.c_str(), t.title.c_str());
    }
    return 0;
  }
  std::size_t matched = 0;
  for (const family& f : all) matched += f.always ? 0 : suite.selected(f).size();
  if (matched == 0) {
    std::fprintf(stderr, "lanewise-bench: nothing matches --filter=%s%s; --list names the tables\n",
                 arguments.options.filter.c_str(), arguments.options.quick ? " with --quick" : "");
    return 2;
  }
  if (!arguments.options.json.empty() && !std::ofstream(arguments.options.json, std::ios::app)) {
    std::fprintf(stderr, "lanewise-bench: cannot write %s\n", arguments.options.json.c_str());
    return 2;
  }

  const std::vector<fact> about = facts();
  print_facts(about);
  for (const fact& f : about) benchmark::AddCustomContext("lanewise_" + f.key, f.value);

  runner::catch_interrupts();
  std::vector<table_result> results;
  for (const family& f : all) {
    std::vector<table_result> own;
    for (const table& t : suite.selected(f)) {
      if (interrupted()) break;
      own.push_back(suite.run(t, f.always));
      if (!f.print) print_table(own.back());
    }
    if (f.print) {
      f.print(own);
    } else {
      results.insert(results.end(), own.begin(), own.end());
    }
  }
  if (!results.empty()) print_summary(results);

  if (!arguments.options.json.empty() && !write_json(arguments.options.json, suite.runs())) return 2;
  if (interrupted()) {
    std::printf("\nInterrupted: the rest was not measured.\n");
    return 130;
  }
  if (suite.wrong()) std::printf("\nSome results were WRONG, see above.\n");
  return suite.wrong() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    arguments arguments = parse(argc, argv);
    // Rows of one table in turn, in random order, so that what else the machine does hits all alike.
    static char interleave[] = "--benchmark_enable_random_interleaving=true";
    arguments.rest.insert(arguments.rest.begin() + 1, interleave);
    arguments.rest.push_back(nullptr);
    int rest = static_cast<int>(arguments.rest.size()) - 1;
    benchmark::Initialize(&rest, arguments.rest.data());
    if (benchmark::ReportUnrecognizedArguments(rest, arguments.rest.data())) return 2;
    return measure(arguments);
  } catch (const std::regex_error& e) {
    std::fprintf(stderr, "lanewise-bench: --filter: %s\n", e.what());
    return 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "lanewise-bench: %s\n", e.what());
    return 2;
  }
}
