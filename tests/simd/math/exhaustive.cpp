// SPDX-License-Identifier: MIT
// math-exhaustive: each math function of one f32 at all 2^32 inputs, on every target, against double precision. Takes
// minutes a function, so it is run by hand; README.md beside this file holds the last results and the command.
#define LANEWISE_KERNEL_FILE "simd/math/exhaustive.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/simd.hpp>

#include "simd/math/functions.hpp"

#include <vector>

LANEWISE_BEGIN_KERNEL_FILE(math_exhaustive)

/// y[i] = f(x[i]), n a multiple of every number of lanes.
template <class F>
HWY_NOINLINE void evaluate(F f, const float* x, float* y, std::size_t n) {
  using v = lw::simd<float>;
  for (std::size_t i = 0; i < n; i += v::size()) f(v::load(x + i)).store(y + i);
}

using kernel = void (*)(const float* x, float* y, std::size_t n);

/// The functions, in the same order on every target.
std::vector<lanewise_tests::math_function> functions() {
  std::vector<lanewise_tests::math_function> all;
  lanewise_tests::HWY_NAMESPACE::for_each_math_function(
      [&](const lanewise_tests::math_function& about, auto) { all.push_back(about); });
  return all;
}
std::vector<kernel> kernels() {
  std::vector<kernel> all;
  lanewise_tests::HWY_NAMESPACE::for_each_math_function([&]<class F>(const lanewise_tests::math_function&, F) {
    all.push_back([](const float* x, float* y, std::size_t n) { evaluate(F(), x, y, n); });
  });
  return all;
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <limits>
#include <mutex>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <unistd.h>

namespace math_exhaustive {

LANEWISE_EXPORT(functions);
LANEWISE_EXPORT(kernels);

namespace {

using kernel = void (*)(const float* x, float* y, std::size_t n);
using lanewise_tests::math_function;
using lanewise_tests::rounded;
using lanewise_tests::ulps;

constexpr std::uint64_t all_inputs = std::uint64_t(1) << 32;
constexpr std::size_t block = 1 << 16;

struct target {
  std::string name;
  std::vector<kernel> all;
};

/// The largest error of one function on one target.
struct result {
  double largest = -1;
  std::uint32_t worst = 0;        ///< bits of the input
  std::uint64_t not_nearest = 0;  ///< how many results are not the float that is nearest to the exact value
  std::uint64_t wrong = 0;        ///< how many are beyond the bound
  bool operator==(const result&) const = default;

  void add(double error, std::uint32_t input, double bound) {
    wrong += !(error <= bound);
    if (error > largest || (error == largest && input < worst)) {
      largest = error;
      worst = input;
    }
  }
  void add(const result& other) {
    if (other.largest >= 0) add(other.largest, other.worst, std::numeric_limits<double>::infinity());
    not_nearest += other.not_nearest;
    wrong += other.wrong;
  }
};

/// All inputs of one block. The exact value is taken apart only where a result is not the nearest float.
void measure_block(const math_function& about, std::size_t index, std::span<const target> targets, std::uint64_t first,
                   std::span<result> results) {
  thread_local std::vector<float> x(block), nearest(block), got(block);
  thread_local std::vector<double> exact(block);
  const bool everywhere = std::isinf(about.from);
  bool any = everywhere;
  for (std::size_t i = 0; i < block; ++i) {
    x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(first + i));
    const double wide = static_cast<double>(x[i]);
    if (!everywhere && !(wide >= about.from && wide <= about.to))
      x[i] = static_cast<float>(about.from);
    else
      any = true;
  }
  if (!any) return;
  for (std::size_t i = 0; i < block; ++i) {
    exact[i] = about.reference->in_double(static_cast<double>(x[i]));
    nearest[i] = static_cast<float>(exact[i]);
  }
  for (std::size_t t = 0; t < targets.size(); ++t) {
    targets[t].all[index](x.data(), got.data(), block);
    for (std::size_t i = 0; i < block; ++i) {
      if (std::bit_cast<std::uint32_t>(x[i]) != static_cast<std::uint32_t>(first + i)) continue;  // not in the range
      const auto got_bits = std::bit_cast<std::uint32_t>(got[i]);
      if (got_bits == std::bit_cast<std::uint32_t>(nearest[i]) || (std::isnan(got[i]) && std::isnan(nearest[i])))
        continue;
      if (!everywhere && got[i] == nearest[i]) continue;  // what has a restricted range promises no sign of zeros
      const double error = ulps(got[i], rounded<float>(exact[i]));
      results[t].not_nearest += error > 0;
      results[t].add(error, std::bit_cast<std::uint32_t>(x[i]), about.bound);
    }
  }
}

std::vector<result> measure(const math_function& about, std::size_t index, std::span<const target> targets,
                            unsigned threads, std::uint64_t step) {
  std::vector<result> total(targets.size());
  std::atomic<std::uint64_t> next = 0;
  std::mutex lock;
  const auto start = std::chrono::steady_clock::now();
  const auto work = [&](bool talks) {
    std::vector<result> own(targets.size());
    auto said = start;
    for (std::uint64_t at = next.fetch_add(step); at < all_inputs / block; at = next.fetch_add(step)) {
      measure_block(about, index, targets, at * block, own);
      const auto now = std::chrono::steady_clock::now();
      if (talks && now - said > std::chrono::seconds(1)) {
        said = now;
        const double done = static_cast<double>(at) * block / static_cast<double>(all_inputs);
        const double seconds = std::chrono::duration<double>(now - start).count();
        std::fprintf(stderr, "\r%s: %.1f %%, %.0f s left  ", about.name, 100 * done, seconds / done - seconds);
      }
    }
    const std::lock_guard guard(lock);
    for (std::size_t t = 0; t < targets.size(); ++t) total[t].add(own[t]);
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work, false);
  const bool terminal = isatty(STDERR_FILENO) != 0;
  work(terminal);
  for (std::thread& t : others) t.join();
  if (terminal) std::fprintf(stderr, "\r%*s\r", 60, "");
  return total;
}

/// One line of the table for each group of targets with the same figures.
std::vector<std::string> rows(const math_function& about, std::span<const target> targets,
                              std::span<const result> results, std::uint64_t step) {
  std::vector<std::string> lines;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    if (std::find(results.begin(), results.begin() + static_cast<std::ptrdiff_t>(t), results[t]) !=
        results.begin() + static_cast<std::ptrdiff_t>(t)) {
      continue;
    }
    std::string names;
    for (std::size_t u = t; u < targets.size(); ++u) {
      if (results[u] == results[t]) names += (names.empty() ? "" : ", ") + targets[u].name;
    }
    const result& r = results[t];
    char line[256];
    if (r.largest < 0) {
      std::snprintf(line, sizeof line, "| `%s` | %s | 0.5 | | 0 %% | %.4g |", about.name, names.c_str(), about.bound);
    } else {
      std::snprintf(line, sizeof line, "| `%s` | %s | %.5f | `0x%08x` (%.9g) | %.3g %% | %.4g%s |", about.name,
                    names.c_str(), r.largest, r.worst, static_cast<double>(std::bit_cast<float>(r.worst)),
                    100.0 * static_cast<double>(r.not_nearest * step) / static_cast<double>(all_inputs), about.bound,
                    r.wrong == 0 ? "" : " **exceeded**");
    }
    lines.push_back(line);
  }
  return lines;
}

const char* const heading =
    "| function | targets | largest error, ULP | at | not the nearest float | stated bound |\n"
    "| --- | --- | --- | --- | --- | --- |\n";

/// Puts the rows into the table in the file: in the place of older ones of the same function, else in the list's order.
void update(const std::string& path, const std::vector<math_function>& all, const std::string& name,
            const std::vector<std::string>& lines) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  const auto is_row = [](const std::string& line) { return line.starts_with("| `"); };
  const auto name_of = [](const std::string& line) { return line.substr(3, line.find('`', 3) - 3); };
  const auto place_of = [&](const std::string& of) {
    return std::find_if(all.begin(), all.end(), [&](const math_function& f) { return f.name == of; });
  };
  std::vector<std::string> file;
  bool written = false, in_table = false, was_in_table = false;
  const auto write = [&] {
    if (!written) file.insert(file.end(), lines.begin(), lines.end());
    written = true;
  };
  for (std::string line; std::getline(in, line);) {
    in_table = line.starts_with('|') && (in_table || line.starts_with("| function |"));
    if (in_table && is_row(line)) {
      if (name_of(line) == name) continue;
      if (place_of(name_of(line)) > place_of(name)) write();
    } else if (!in_table && was_in_table) {
      write();
    }
    was_in_table = in_table;
    file.push_back(line);
  }
  write();
  in.close();
  std::ofstream out(path);
  for (const std::string& line : file) out << line << '\n';
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

struct options {
  std::vector<std::string> names, targets;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::uint64_t step = 1;  ///< every n-th block
  std::string markdown;
};

void print_help(const std::vector<math_function>& all) {
  std::printf(
      "math-exhaustive [FUNCTION]...   at all 2^32 inputs, against double precision; without a name, every function\n\n"
      "  --targets=avx2,sse2   these instruction sets (default: all that this CPU has)\n"
      "  --threads=N           default: as many as the machine has\n"
      "  --markdown=FILE       also put the rows into the table in FILE, function by function, as each ends\n"
      "  --every=N             only each N-th block of 65536 inputs, for a look\n\n"
      "Exit status: 0, 1 if an error exceeds its stated bound, 2 for a wrong argument.\nFunctions:");
  for (const math_function& f : all) std::printf(" %s", f.name);
  std::printf("\n");
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

options parse(int argc, char** argv, const std::vector<math_function>& all) {
  options o;
  for (int i = 1; i < argc; ++i) {
    const std::string text = argv[i];
    const auto value = [&](const char* flag) { return text.starts_with(flag) ? argv[i] + std::strlen(flag) : nullptr; };
    if (text == "--help" || text == "-h") {
      print_help(all);
      std::exit(0);
    } else if (const char* names = value("--targets=")) {
      o.targets = split(names);
    } else if (const char* n = value("--threads=")) {
      o.threads = static_cast<unsigned>(std::max(1, std::atoi(n)));
    } else if (const char* every = value("--every=")) {
      o.step = static_cast<std::uint64_t>(std::max(1, std::atoi(every)));
    } else if (const char* file = value("--markdown=")) {
      o.markdown = file;
    } else if (std::any_of(all.begin(), all.end(), [&](const math_function& f) { return f.name == text; })) {
      o.names.push_back(text);
    } else {
      throw std::invalid_argument(text + " is neither a flag nor a function; see --help");
    }
  }
  if (!o.markdown.empty() && o.step != 1) throw std::invalid_argument("--markdown and --every exclude each other");
  return o;
}

int run(int argc, char** argv) {
  const std::vector<math_function> all = LANEWISE_CALL(functions)();
  options o = parse(argc, argv, all);
  if (o.targets.empty()) o.targets = lanewise::cpu_info().usable;
  std::vector<target> targets;
  for (const std::string& name : o.targets) {
    lanewise::use_target(name);
    targets.push_back({name, LANEWISE_CALL(kernels)()});
  }
  bool good = true;
  std::printf("%s", heading);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!o.names.empty() && std::find(o.names.begin(), o.names.end(), all[i].name) == o.names.end()) continue;
    const std::vector<result> results = measure(all[i], i, targets, o.threads, o.step);
    const std::vector<std::string> lines = rows(all[i], targets, results, o.step);
    for (const std::string& line : lines) std::printf("%s\n", line.c_str());
    std::fflush(stdout);
    for (const result& r : results) good = good && r.wrong == 0;
    if (!o.markdown.empty()) update(o.markdown, all, all[i].name, lines);
  }
  return good ? 0 : 1;
}

}  // namespace
}  // namespace math_exhaustive

int main(int argc, char** argv) {
  try {
    return math_exhaustive::run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "math-exhaustive: %s\n", e.what());
    return 2;
  }
}
#endif
