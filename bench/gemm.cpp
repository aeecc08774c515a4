// SPDX-License-Identifier: MIT
// matmul against a plain loop, static builds and, where it was found, OpenBLAS.

#include <lanewise/kernels/gemm.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <lanewise/data/matrix.hpp>
#include <lanewise/loops/thread_pool.hpp>

#ifdef LANEWISE_BENCH_OPENBLAS
#include <cblas.h>
#endif

#include "gemm_static.hpp"
#include "limits.hpp"
#include "suite.hpp"

namespace bench {
namespace {

template <class T>
using matrix = lanewise::matrix<T>;

/// The baseline: the order of loops that a compiler can vectorise by itself (and g++ does, with SSE2).
template <class T>
void multiply_scalar(const T* a, const T* b, T* c, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    std::fill(c + i * n, c + (i + 1) * n, T(0));
    for (std::size_t p = 0; p < n; ++p) {
      const T x = a[i * n + p];
      for (std::size_t j = 0; j < n; ++j) c[i * n + j] += x * b[p * n + j];
    }
  }
}

/// A and B, C for the result, and some rows of A B in long double.
template <class T>
struct problem {
  explicit problem(std::size_t size) : n(size), a(n, n), b(n, n), c(n, n) {
    std::minstd_rand random(42);
    for (matrix<T>* m : {&a, &b}) {
      for (T& x : m->values()) x = static_cast<T>(static_cast<double>(random() - 1) / 2147483646.0 * 2 - 1);
    }
    for (std::size_t r = 0; r < 16; ++r) sampled.push_back(r == 0 ? 0 : r == 1 ? n - 1 : random() % n);
    for (const std::size_t i : sampled) {
      std::vector<double> row(n), magnitude(n);
      for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t j = 0; j < n; ++j) {
          const double product = static_cast<double>(a(i, p)) * static_cast<double>(b(p, j));
          row[j] += product;
          magnitude[j] += std::abs(product);
        }
      }
      rows.push_back(std::move(row));
      magnitudes.push_back(std::move(magnitude));
    }
  }

  /// What is wrong with C: its sampled rows against those in f64, which are exact enough to judge f32; f64 itself is held
  /// against sums in another order.
  std::string difference() const {
    const double bound = 4 * std::sqrt(static_cast<double>(n)) * std::numeric_limits<T>::epsilon();
    for (std::size_t r = 0; r < sampled.size(); ++r) {
      for (std::size_t j = 0; j < n; ++j) {
        const auto result = static_cast<double>(c(sampled[r], j));
        if (!(std::abs(result - rows[r][j]) <= bound * magnitudes[r][j])) {
          return "C(" + std::to_string(sampled[r]) + ", " + std::to_string(j) + ") is " + std::to_string(result) +
                 ", expected " + std::to_string(rows[r][j]);
        }
      }
    }
    return "";
  }

  std::size_t n;
  matrix<T> a, b, c;
  std::vector<std::size_t> sampled;
  std::vector<std::vector<double>> rows, magnitudes;
};

template <class T>
std::vector<row> rows(std::size_t n, bool all_threads) {
  const auto data = std::make_shared<problem<T>>(n);
  const std::size_t workers = all_threads ? lanewise::default_executor().workers() : 1;
  std::vector<row> all;
  const auto add = [&](row r, auto f) {
    r.loop = timed(f);
    r.check = [f, data] {
      std::fill(data->c.values().begin(), data->c.values().end(), std::numeric_limits<T>::quiet_NaN());
      f();
      return data->difference();
    };
    all.push_back(std::move(r));
  };
  const auto add_function = [&](row r, void (*f)(const T*, const T*, T*, std::size_t)) {
    add(std::move(r), [f, data, n] { f(data->a.data(), data->b.data(), data->c.data(), n); });
  };

  for (const std::string& target : targets()) all.push_back(fma_limit<T>(target, workers));
  add_function({.name = "scalar", .role = role::scalar, .limit = "FMA " + targets().back()}, multiply_scalar<T>);
  const lanewise::executor_ref executor =
      all_threads ? lanewise::default_executor() : lanewise::executor_ref(lanewise::serial);
  for (const std::string& target : targets()) {
    add({.name = target, .target = target, .limit = "FMA " + target},
        [data, executor] { lanewise::matmul(data->a, data->b, data->c, executor); });
  }
#ifdef LANEWISE_BENCH_LEVELS
  const auto add_level = [&](level_gemm level, const std::string& march, const std::string& same) {
    row r{.name = "static " + march, .role = role::fixed, .limit = "FMA " + same, .same_as = same};
    if constexpr (std::is_same_v<T, float>) {
      add_function(r, level.f32);
    } else {
      add_function(r, level.f64);
    }
  };
  if (!all_threads && level_runs(4)) add_level(v4::gemm(), "x86-64-v4", "avx3");
  if (!all_threads && level_runs(3)) add_level(v3::gemm(), "x86-64-v3", "avx2");
#endif
#ifdef LANEWISE_BENCH_OPENBLAS
  openblas_set_num_threads(static_cast<int>(workers));
  const std::string best = targets().front();
  add({.name = "peer: OpenBLAS", .role = role::peer, .limit = "FMA " + best, .same_as = best}, [data, size = static_cast<int>(n)] {
    const auto call = [&](auto gemm) {
      gemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, T(1), data->a.data(), size, data->b.data(), size,
           T(0), data->c.data(), size);
    };
    if constexpr (std::is_same_v<T, float>) {
      call(cblas_sgemm);
    } else {
      call(cblas_dgemm);
    }
  });
#endif
  return all;
}

template <class T>
table gemm_table(std::size_t n, bool quick, bool all_threads) {
  const std::string type = sizeof(T) == 4 ? "f32" : "f64";
  table t;
  t.name = "gemm/" + type + '/' + std::to_string(n) + (all_threads ? "/threads" : "");
  t.title = "gemm, n = " + grouped(n) + ", " + type + (all_threads ? ", all threads" : ", one thread");
  t.counted = unit::flops;
  t.work = 2.0 * static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n);
  t.rows = [n, all_threads] { return rows<T>(n, all_threads); };
  t.quick = quick;
  t.wall_clock = all_threads;
  t.repetitions = n >= 1024 ? 7 : 9;
  return t;
}

const registration gemm{{.name = "gemm", .order = 20, .tables = [] {
  return std::vector<table>{
      gemm_table<float>(256, true, false),  gemm_table<float>(1024, true, false),
      gemm_table<double>(256, true, false), gemm_table<double>(1024, false, false),
      gemm_table<float>(256, false, true),  gemm_table<float>(1024, true, true),
      gemm_table<double>(1024, false, true)};
}}};

}  // namespace
}  // namespace bench
