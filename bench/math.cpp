// SPDX-License-Identifier: MIT
// Math functions of 4096 elements, which lie in the L1 cache, against libm, libmvec, SLEEF, xsimd and Highway.
//
// Every row says its largest error, in units in the last place, over 65536 arguments of the range that is timed: a
// library may be less exact, or wrong, elsewhere.

#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/math/activation.hpp>
#include <lanewise/simd/math/error_function.hpp>
#include <lanewise/simd/math/exp.hpp>
#include <lanewise/simd/math/gamma.hpp>
#include <lanewise/simd/math/hyperbolic.hpp>
#include <lanewise/simd/math/inverse_hyperbolic.hpp>
#include <lanewise/simd/math/inverse_trigonometric.hpp>
#include <lanewise/simd/math/log.hpp>
#include <lanewise/simd/math/parts.hpp>
#include <lanewise/simd/math/pow.hpp>
#include <lanewise/simd/math/trigonometric.hpp>

#include "math_functions.hpp"
#include "math_static.hpp"

LANEWISE_BEGIN_KERNEL_FILE(bench)

template <class T, class F>
HWY_NOINLINE void math_of_one(F f, const T* x, T* z, std::size_t n) {
  using v = lw::simd<T>;
  for (std::size_t i = 0; i < n; i += v::size()) f(v::load(x + i)).store(z + i);
}
template <class T, class F>
HWY_NOINLINE void math_of_two(F f, const T* x, const T* y, T* z, std::size_t n) {
  using v = lw::simd<T>;
  for (std::size_t i = 0; i < n; i += v::size()) f(v::load(x + i), v::load(y + i)).store(z + i);
}

/// In the order of the list; first name(x), and behind all of these the fast variants. Inlined, as in a loop of the
/// user's: of so many, g++ would rather call some, which costs exp a third of its speed.
template <class T>
std::vector<math_loop<T>> math_loops() {
  std::vector<math_loop<T>> all;
#define ONE_AS(call)                                                        \
  all.push_back([](const T* x, const T*, T* z, std::size_t n) {             \
    math_of_one([](auto a) LANEWISE_ATTR_INLINE { return call; }, x, z, n); \
  });
#define ONE(name, ...) ONE_AS(lw::name(a))
#define FAST(name, ...) ONE_AS(lw::fast::name(a))
#define TWO_AS(call)                                                                   \
  all.push_back([](const T* x, const T* y, T* z, std::size_t n) {                      \
    math_of_two([](auto a, auto b) LANEWISE_ATTR_INLINE { return call; }, x, y, z, n); \
  });
#define TWO(name, ...) TWO_AS(lw::name(a, b))
#define FAST_TWO(name, ...) TWO_AS(lw::fast::name(a, b))
  LANEWISE_BENCH_MATH(ONE, TWO, FAST, FAST_TWO)
#undef ONE
#undef ONE_AS
#undef FAST
#undef TWO
#undef TWO_AS
#undef FAST_TWO
  return all;
}
std::vector<math_loop<float>> math_f32() { return math_loops<float>(); }
std::vector<math_loop<double>> math_f64() { return math_loops<double>(); }

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>

#include <lanewise/data/aligned_buffer.hpp>

#include "report.hpp"
#include "suite.hpp"

namespace bench {

LANEWISE_EXPORT(math_f32);
LANEWISE_EXPORT(math_f64);

namespace {

constexpr std::size_t timed_elements = 4096;
constexpr std::size_t checked_elements = 65536;

struct range {
  double from, to;
};

/// A line of the list.
template <class T>
struct math_function {
  std::string name;
  bool fast;
  range x, y;
  math_loop<T> plain;
  long double (*exact)(T x, T y);
};

/// f32 is held against double, f64 against long double.
template <class T>
using wide = std::conditional_t<sizeof(T) == 4, double, long double>;

template <class T>
std::vector<math_function<T>> math_functions() {
  std::vector<math_function<T>> all;
  // The plain loop, and the same expression in a wider type.
#define PLAIN(expression)                                                       \
  [](const T* from_x, [[maybe_unused]] const T* from_y, T* to, std::size_t n) { \
    for (std::size_t i = 0; i < n; ++i) {                                       \
      const T x = from_x[i];                                                    \
      [[maybe_unused]] const T y = from_y[i];                                   \
      to[i] = expression;                                                       \
    }                                                                           \
  },                                                                            \
      [](T argument_x, T argument_y) {                                          \
        const wide<T> x = argument_x;                                           \
        [[maybe_unused]] const wide<T> y = argument_y;                          \
        return static_cast<long double>(expression);                            \
      }
#define ONE(name, expression, from, to) all.push_back({#name, false, {from, to}, {0, 1}, PLAIN(expression)});
#define FAST(name, expression, from, to) all.push_back({#name, true, {from, to}, {0, 1}, PLAIN(expression)});
#define TWO(name, expression, x_from, x_to, y_from, y_to) \
  all.push_back({#name, false, {x_from, x_to}, {y_from, y_to}, PLAIN(expression)});
#define FAST_TWO(name, expression, x_from, x_to, y_from, y_to) \
  all.push_back({#name, true, {x_from, x_to}, {y_from, y_to}, PLAIN(expression)});
  LANEWISE_BENCH_MATH(ONE, TWO, FAST, FAST_TWO)
#undef PLAIN
#undef ONE
#undef FAST
#undef TWO
#undef FAST_TWO
  return all;
}

/// Arguments, exact values, and room for results.
template <class T>
struct math_data {
  lanewise::aligned_buffer<T> x{checked_elements}, y{checked_elements}, z{checked_elements};
  std::vector<long double> exact;

  explicit math_data(const math_function<T>& f) {
    std::mt19937_64 random(42);
    const auto fill = [&](lanewise::aligned_buffer<T>& values, range r) {
      std::uniform_real_distribution<double> uniform(r.from, r.to);
      for (T& v : values) v = static_cast<T>(uniform(random));
    };
    fill(x, f.x);
    fill(y, f.y);
    for (std::size_t i = 0; i < checked_elements; ++i) exact.push_back(f.exact(x[i], y[i]));
  }

  /// The largest error in units in the last place, of a NaN infinity.
  double error(math_loop<T> loop) {
    loop(x.data(), y.data(), z.data(), checked_elements);
    long double largest = 0;
    for (std::size_t i = 0; i < checked_elements; ++i) {
      int e = 0;
      std::frexp(exact[i], &e);
      e = std::max(e, std::numeric_limits<T>::min_exponent) - std::numeric_limits<T>::digits;
      const long double ulps = std::abs(std::ldexp(static_cast<long double>(z[i]) - exact[i], -e));
      largest = ulps <= largest ? largest : std::isnan(ulps) ? HUGE_VALL : ulps;
    }
    return static_cast<double>(largest);
  }
};

std::string error_text(double ulps) {
  char text[32];
  std::snprintf(text, sizeof text, ulps < 9.995 ? "(%.2f ULP)" : "(%.2g ULP)", ulps);
  return text;
}

template <class T>
std::vector<row> math_rows(const std::string& name) {
  const std::vector<math_function<T>> all = math_functions<T>();
  const auto is_it = [&](bool fast) {
    return [&name, fast](const math_function<T>& f) { return f.name == name && f.fast == fast; };
  };
  const auto f = std::find_if(all.begin(), all.end(), is_it(false));
  const auto fast = std::find_if(all.begin(), all.end(), is_it(true));
  const auto data = std::make_shared<math_data<T>>(*f);

  std::vector<row> rows;
  // lanewise's results are right within 8 units, whatever the function; the others' errors are said and not judged.
  const auto add = [&](row r, math_loop<T> loop) {
    const double ulps = data->error(loop);
    r.note = error_text(ulps);
    if (r.role == role::dispatched) {
      r.check = [ulps]() -> std::string {
        return ulps <= 8 ? "" : "error of " + std::to_string(ulps) + " units in the last place";
      };
    }
    r.loop = timed([loop, data] { loop(data->x.data(), data->y.data(), data->z.data(), timed_elements); });
    rows.push_back(std::move(r));
  };
  add({.name = "scalar", .role = role::scalar}, f->plain);
  for (const std::string& target : targets()) {
    lanewise::use_target(target);
    std::vector<math_loop<T>> loops;
    if constexpr (sizeof(T) == 4) {
      loops = LANEWISE_CALL(math_f32)();
    } else {
      loops = LANEWISE_CALL(math_f64)();
    }
    add({.name = target}, loops[static_cast<std::size_t>(f - all.begin())]);
    if (fast != all.end()) {
      row r{.name = "fast " + target, .role = role::variant, .same_as = target};
      add(std::move(r), loops[static_cast<std::size_t>(fast - all.begin())]);
    }
  }
#ifdef LANEWISE_BENCH_LEVELS
  const auto add_level = [&](const std::vector<math_peer>& peers, const std::string& isa, const std::string& same) {
    for (const math_peer& p : peers) {
      if (p.function != name) continue;
      row r{.name = "peer: " + p.library + ", " + isa, .role = role::peer, .same_as = same};
      if constexpr (sizeof(T) == 4) {
        add(std::move(r), p.f32);
      } else {
        add(std::move(r), p.f64);
      }
    }
  };
  if (level_runs(4)) add_level(v4::math(), "AVX-512", "avx3");
  if (level_runs(3)) add_level(v3::math(), "AVX2", "avx2");
#endif
  return rows;
}

std::vector<table> math_tables() {
  std::vector<table> tables;
  const auto add = [&]<class T>(const std::string& type) {
    for (const math_function<T>& f : math_functions<T>()) {
      if (f.fast) continue;
      table t;
      t.name = "math/" + f.name + '/' + type;
      t.title = f.name + " of " + grouped(timed_elements) + ' ' + type + ", one thread";
      t.counted = unit::elements;
      t.work = static_cast<double>(timed_elements);
      t.quick = sizeof(T) == 4 && (f.name == "exp" || f.name == "log" || f.name == "sin");
      t.rows = [name = f.name] { return math_rows<T>(name); };
      tables.push_back(t);
    }
  };
  add.operator()<float>("f32");
  add.operator()<double>("f64");
  return tables;
}

double error_of(const row_result& r) { return std::atof(r.row.note.c_str() + 1); }

/// The fastest peer of a table with the instructions of `target` whose error is at most `ulps`.
const row_result* fastest_peer(const table_result& t, const std::string& target, double ulps) {
  const row_result* best = nullptr;
  for (const row_result& r : t.rows) {
    if (r.row.role != role::peer || r.row.same_as != target || r.seconds.empty() || error_of(r) > ulps) continue;
    if (best == nullptr || r.median() < best->median()) best = &r;
  }
  return best;
}

/// "1.13" or "1.13 and 1.70 fast": lanewise's speed over the fastest peer's, and whose it is.
std::string speed_over(const row_result& ours, const row_result* fast, const row_result* peer) {
  if (peer == nullptr) return "";
  char text[96];
  const std::string name = peer->row.name.substr(6, peer->row.name.find(',') - 6) + ' ' + peer->row.note;
  char of_fast[16] = "     ";
  if (fast != nullptr) std::snprintf(of_fast, sizeof of_fast, "%5.2f", peer->median() / fast->median());
  std::snprintf(text, sizeof text, "%5.2f %s  %s", peer->median() / ours.median(), of_fast, name.c_str());
  return text;
}

/// Every table, then one line for each function: lanewise's speed over the fastest peer's.
void print_math(const std::vector<table_result>& results) {
  constexpr double precise = 1, wrong_from = 1000;  // units in the last place; what is wrong is not compared with
  for (const table_result& t : results) print_table(t);
  for (const std::string target : {"avx3", "avx2"}) {
    if (std::find(targets().begin(), targets().end(), target) == targets().end()) continue;
    heading("Math functions, " + target,
            "speed over the fastest peer, and of lanewise::fast: of the peers within 1 ULP, and of all");
    std::printf("  %-14s %20s %20s  %5s %5s  %-22s  %5s %5s  %s\n", "", "Melem/s", "fast, Melem/s", "over", "fast",
                "within 1 ULP", "over", "fast", "any peer");
    for (const table_result& t : results) {
      const row_result* ours = t.find(target);
      if (ours == nullptr) continue;
      const row_result* fast = t.find("fast " + target);
      const auto rate = [&](const row_result* r) {
        return r == nullptr ? "" : number_text(1000 * r->rate(t.table.work)) + ' ' + r->row.note;
      };
      std::printf("  %-14s %20s %20s  %-36s  %s\n", t.table.name.c_str() + std::strlen("math/"), rate(ours).c_str(),
                  rate(fast).c_str(), speed_over(*ours, fast, fastest_peer(t, target, precise)).c_str(),
                  speed_over(*ours, fast, fastest_peer(t, target, wrong_from)).c_str());
    }
  }
  std::fflush(stdout);
}

const registration math{{.name = "math", .order = 15, .tables = math_tables, .print = print_math}};

}  // namespace
}  // namespace bench
#endif
