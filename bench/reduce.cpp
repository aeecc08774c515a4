// SPDX-License-Identifier: MIT
// sum, dot and min against a plain loop, hand-written intrinsics and xsimd; norm2, argmin and variance against plain
// loops.

#include <lanewise/kernels/extrema.hpp>
#include <lanewise/kernels/reduce.hpp>
#include <lanewise/kernels/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>

#include <lanewise/data/aligned_buffer.hpp>

#include "limits.hpp"
#include "reduce_static.hpp"
#include "suite.hpp"

namespace bench {
namespace {

template <class T>
const char* type_name() {
  if constexpr (std::is_same_v<T, float>) return "f32";
  if constexpr (std::is_same_v<T, double>) return "f64";
  if constexpr (std::is_same_v<T, std::int32_t>) return "i32";
  if constexpr (std::is_same_v<T, std::uint8_t>) return "u8";
}

// The baseline: what one writes first, compiled by -O3 without -ffast-math.
template <class T>
struct scalar_loops {
  using sum_type = lanewise::accumulator_t<T>;
  static sum_type sum(const T* x, std::size_t n) {
    sum_type total = 0;
    for (std::size_t i = 0; i < n; ++i) total += static_cast<sum_type>(x[i]);
    return total;
  }
  static sum_type dot(const T* x, const T* y, std::size_t n) {
    sum_type total = 0;
    for (std::size_t i = 0; i < n; ++i) total += static_cast<sum_type>(x[i]) * static_cast<sum_type>(y[i]);
    return total;
  }
  static T min(const T* x, std::size_t n) {
    T least = x[0];
    for (std::size_t i = 1; i < n; ++i) least = x[i] < least ? x[i] : least;
    return least;
  }
  static double norm2(const T* x, std::size_t n) {
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return std::sqrt(total);
  }
  static std::size_t argmin(const T* x, std::size_t n) {
    return static_cast<std::size_t>(std::min_element(x, x + n) - x);
  }
  static double variance(const T* x, std::size_t n) {
    double mean = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) mean += static_cast<double>(x[i]);
    mean /= static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double d = static_cast<double>(x[i]) - mean;
      squares += d * d;
    }
    return squares / static_cast<double>(n);
  }
};

template <class T>
struct vectors {
  lanewise::aligned_buffer<T> x, y;
};

template <class T>
std::shared_ptr<vectors<T>> random_vectors(std::size_t n) {
  auto data = std::make_shared<vectors<T>>(
      vectors<T>{lanewise::aligned_buffer<T>(n), lanewise::aligned_buffer<T>(n)});
  std::minstd_rand random(42);
  for (auto* v : {&data->x, &data->y}) {
    for (T& element : *v) {
      const double u = static_cast<double>(random() - 1) / 2147483646.0;
      if constexpr (std::is_floating_point_v<T>) {
        element = static_cast<T>(u);
      } else {
        element = static_cast<T>(u * (sizeof(T) == 1 ? 255.0 : 1000.0));
      }
    }
  }
  return data;
}

enum class operation { sum, dot, min, norm2, argmin, variance };
const char* const operation_names[] = {"sum", "dot", "min", "norm2", "argmin", "variance"};

/// Compares with the same in wider arithmetic; `relative` is to the sum of magnitudes (all terms are positive).
template <class T>
std::string difference(operation what, double result, const vectors<T>& v, double relative) {
  using scalar = scalar_loops<T>;
  const T* x = v.x.data();
  const std::size_t n = v.x.size();
  long double expected = 0;
  switch (what) {
    case operation::sum:
      for (std::size_t i = 0; i < n; ++i) expected += static_cast<long double>(x[i]);
      break;
    case operation::dot:
      for (std::size_t i = 0; i < n; ++i) expected += static_cast<long double>(x[i]) * static_cast<long double>(v.y[i]);
      break;
    case operation::min: expected = static_cast<long double>(scalar::min(x, n)); break;
    case operation::norm2: expected = scalar::norm2(x, n); break;
    case operation::argmin: expected = static_cast<long double>(scalar::argmin(x, n)); break;
    case operation::variance: expected = scalar::variance(x, n); break;
  }
  const long double error = std::abs(static_cast<long double>(result) - expected);
  const bool sum = what == operation::sum || what == operation::dot;
  const bool exact = what == operation::min || what == operation::argmin || (sum && !std::is_floating_point_v<T>);
  if (error <= (exact ? 0.0L : relative * expected)) return "";
  return "got " + std::to_string(result) + ", expected " + std::to_string(static_cast<double>(expected));
}

template <class T>
std::vector<row> rows(operation what, std::size_t n, bool all_threads) {
  const auto data = random_vectors<T>(n);
  const bool two = what == operation::dot;
  std::vector<row> all;

  const auto add = [&](row r, double relative, auto f) {
    r.limit = "read";
    r.loop = timed(f);
    r.check = [f, data, what, relative] { return difference(what, static_cast<double>(f()), *data, relative); };
    all.push_back(std::move(r));
  };
  // The rounding errors of a plain sum, at worst; lanewise promises better.
  const double plain = static_cast<double>(n) * std::numeric_limits<T>::epsilon();
  const auto add_functions = [&](row r, double relative, const reductions<T>& f) {
    const T* x = data->x.data();
    const T* y = data->y.data();
    if (what == operation::sum && f.sum) add(std::move(r), relative, [f = f.sum, x, n, data] { return f(x, n); });
    if (what == operation::dot && f.dot) add(std::move(r), relative, [f = f.dot, x, y, n, data] { return f(x, y, n); });
    if (what == operation::min && f.min) add(std::move(r), relative, [f = f.min, x, n, data] { return f(x, n); });
  };

  if (!all_threads) all = read_limits(data->x.data(), two ? data->y.data() : nullptr, n * sizeof(T));
  using scalar = scalar_loops<T>;
  add_functions({.name = "scalar", .role = role::scalar}, plain,
                {.sum = scalar::sum, .dot = scalar::dot, .min = scalar::min});
  const auto add_scalar = [&](auto f) {
    add({.name = "scalar", .role = role::scalar}, plain, [f, x = data->x.data(), n, data] { return f(x, n); });
  };
  if (what == operation::norm2) add_scalar(scalar::norm2);
  if (what == operation::argmin) add_scalar(scalar::argmin);
  if (what == operation::variance) add_scalar(scalar::variance);
  for (const std::string& target : targets()) {
    const auto run = [&](lanewise::executor_ref executor) {
      const std::span<const T> x(data->x.data(), n), y(data->y.data(), n);
      const double relative = 1e-6;
      row r{.name = target, .target = target};
      if (what == operation::sum) add(r, relative, [x, executor, data] { return lanewise::sum(x, executor); });
      if (what == operation::dot) add(r, relative, [x, y, executor, data] { return lanewise::dot(x, y, executor); });
      if (what == operation::min) add(r, relative, [x, executor, data] { return lanewise::min(x, executor); });
      if (what == operation::norm2) add(r, relative, [x, executor, data] { return lanewise::norm2(x, executor); });
      if (what == operation::argmin) add(r, relative, [x, executor, data] { return lanewise::argmin(x, executor); });
      if (what == operation::variance) {
        add(r, relative, [x, executor, data] { return lanewise::variance(x, 0, executor); });
      }
    };
    run(all_threads ? lanewise::default_executor() : lanewise::executor_ref(lanewise::serial));
  }
#ifdef LANEWISE_BENCH_LEVELS
  const auto add_level = [&](const all_level_reductions& level, const std::string& march, const std::string& isa, const std::string& same) {
    const auto& f = std::get<level_reductions<T>>(level);
    add_functions({.name = "static " + march, .role = role::fixed, .same_as = same}, 1e-6, f.lanewise);
    add_functions({.name = "peer: intrinsics x 4, " + isa, .role = role::peer, .same_as = same}, plain, f.intrinsics_4);
    add_functions({.name = "peer: intrinsics x 8, " + isa, .role = role::peer, .same_as = same}, plain, f.intrinsics_8);
    add_functions({.name = "peer: xsimd, " + isa, .role = role::peer, .same_as = same}, plain, f.xsimd);
  };
  if (!all_threads && level_runs(4)) add_level(v4::reduce(), "x86-64-v4", "AVX-512", "avx3");
  if (!all_threads && level_runs(3)) add_level(v3::reduce(), "x86-64-v3", "AVX2", "avx2");
#endif
  return all;
}

template <class T>
void add_table(std::vector<table>& tables, operation what, std::size_t n, bool quick, bool all_threads = false) {
  const std::string name = operation_names[static_cast<int>(what)];
  const double bytes = static_cast<double>(n * sizeof(T)) * (what == operation::dot ? 2 : 1);
  table t;
  t.name = name + '/' + type_name<T>() + '/' + std::to_string(n) + (all_threads ? "/threads" : "");
  t.title = name + " of " + grouped(n) + ' ' + type_name<T>() + " (" + bytes_text(bytes) + "), " +
            (all_threads ? "all threads" : "one thread");
  t.work = bytes;
  t.wall_clock = all_threads;
  t.quick = quick;
  t.rows = [what, n, all_threads] { return rows<T>(what, n, all_threads); };
  tables.push_back(t);
}

constexpr std::size_t sizes[] = {100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};

std::vector<table> reduce_tables() {
  std::vector<table> tables;
  for (const std::size_t n : sizes) {
    add_table<float>(tables, operation::sum, n, n == 1'000 || n >= 100'000);
  }
  add_table<float>(tables, operation::sum, 10'000'000, false, true);
  const auto add_sizes = [&]<class T>(operation what) {
    for (const std::size_t n : sizes) {
      const bool quick = std::is_same_v<T, float> && n == 1'000'000;
      add_table<T>(tables, what, n, quick);
    }
  };
  add_sizes.operator()<float>(operation::dot);
  add_sizes.operator()<float>(operation::min);
  for (const operation what : {operation::sum, operation::dot, operation::min}) {
    add_sizes.operator()<double>(what);
    add_sizes.operator()<std::int32_t>(what);
    add_sizes.operator()<std::uint8_t>(what);
  }
  for (const operation what : {operation::norm2, operation::argmin, operation::variance}) {
    add_sizes.operator()<float>(what);
    add_sizes.operator()<double>(what);
    add_sizes.operator()<std::int32_t>(what);
    add_sizes.operator()<std::uint8_t>(what);
  }
  return tables;
}

const registration reduce{{.name = "reduce", .order = 10, .tables = reduce_tables}};

}  // namespace
}  // namespace bench
