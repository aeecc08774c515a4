// SPDX-License-Identifier: MIT
// kmeans from given centroids until no label changes, so that every row does the same iterations.

#include <lanewise/kernels/kmeans.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <lanewise/data/csv.hpp>
#include <lanewise/data/matrix.hpp>
#include <lanewise/loops/thread_pool.hpp>

#include "kmeans_static.hpp"
#include "limits.hpp"
#include "suite.hpp"

namespace bench {
namespace {

using matrix = lanewise::matrix<float>;

struct outcome {
  double inertia = 0;
  std::size_t iterations = 0;
};

/// The baseline: Lloyd's iterations as one writes them, compiled by -O3.
outcome cluster_scalar(const matrix& x, const matrix& start) {
  const std::size_t n = x.rows(), d = x.cols(), k = start.rows();
  matrix centroids = start;
  std::vector<std::int32_t> labels(n, -1);
  std::vector<double> sums(k * d);
  std::vector<std::size_t> counts(k);
  outcome result;
  for (bool changed = true; changed;) {
    ++result.iterations;
    changed = false;
    result.inertia = 0;
    std::fill(sums.begin(), sums.end(), 0.0);
    std::fill(counts.begin(), counts.end(), 0);
    for (std::size_t i = 0; i < n; ++i) {
      const float* point = x.data() + i * d;
      float least = std::numeric_limits<float>::infinity();
      std::size_t nearest = 0;
      for (std::size_t j = 0; j < k; ++j) {
        const float* centroid = centroids.data() + j * d;
        float distance = 0;
        for (std::size_t f = 0; f < d; ++f) {
          const float difference = point[f] - centroid[f];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest = j;
        }
      }
      changed = changed || labels[i] != static_cast<std::int32_t>(nearest);
      labels[i] = static_cast<std::int32_t>(nearest);
      result.inertia += static_cast<double>(least);
      ++counts[nearest];
      for (std::size_t f = 0; f < d; ++f) sums[nearest * d + f] += static_cast<double>(point[f]);
    }
    for (std::size_t j = 0; j < k; ++j) {
      for (std::size_t f = 0; f < d && counts[j] != 0; ++f) {
        centroids(j, f) = static_cast<float>(sums[j * d + f] / static_cast<double>(counts[j]));
      }
    }
  }
  return result;
}

struct problem {
  matrix points;
  matrix start;  ///< points spread evenly over the file
  outcome expected;

  problem(matrix x, std::size_t k) : points(std::move(x)), start(k, points.cols()) {
    for (std::size_t j = 0; j < k; ++j) {
      for (std::size_t f = 0; f < points.cols(); ++f) start(j, f) = points(j * points.rows() / k, f);
    }
    expected = cluster_scalar(points, start);
  }

  /// Rounding may send a point between two centroids elsewhere, so that the iterations end a little differently.
  std::string difference(double inertia) const {
    if (std::abs(inertia - expected.inertia) <= 1e-3 * expected.inertia) return "";
    return "inertia " + std::to_string(inertia) + ", expected " + std::to_string(expected.inertia);
  }
};

/// The digits of the examples: 1,797 images of 8 x 8 grey values, the last column their digit. Without the file, the same
/// number of points around ten centres.
matrix digits() {
  try {
    return lanewise::read_csv<float>(LANEWISE_BENCH_DIGITS, {.columns = 64});
  } catch (const std::exception&) {
    matrix x(1797, 64);
    std::minstd_rand random(42);
    const auto uniform = [&random] { return static_cast<float>(random() % 1700) / 100; };
    matrix centres(10, 64);
    for (float& v : centres.values()) v = uniform();
    for (std::size_t i = 0; i < x.rows(); ++i) {
      for (std::size_t f = 0; f < x.cols(); ++f) x(i, f) = (centres(i % 10, f) + uniform()) / 2;
    }
    return x;
  }
}

matrix blobs(std::size_t n, std::size_t d, std::size_t k) {
  matrix x(n, d);
  std::minstd_rand random(42);
  const auto uniform = [&random] { return static_cast<float>(random() % 20001) / 10000 - 1; };
  matrix centres(k, d);
  for (float& v : centres.values()) v = uniform();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t f = 0; f < d; ++f) x(i, f) = centres(i % k, f) + uniform();
  }
  return x;
}

std::vector<row> rows(const std::shared_ptr<const problem>& data, bool all_threads) {
  const std::size_t workers = all_threads ? lanewise::default_executor().workers() : 1;
  std::vector<row> all;
  const auto add = [&](row r, auto f) {
    r.loop = timed(f);
    r.check = [f, data] { return data->difference(f()); };
    all.push_back(std::move(r));
  };
  for (const std::string& target : targets()) all.push_back(fma_limit<float>(target, workers));
  add({.name = "scalar", .role = role::scalar, .limit = "FMA " + targets().back()},
      [data] { return cluster_scalar(data->points, data->start).inertia; });
  const lanewise::executor_ref executor =
      all_threads ? lanewise::default_executor() : lanewise::executor_ref(lanewise::serial);
  for (const std::string& target : targets()) {
    add({.name = target, .target = target, .limit = "FMA " + target}, [data, executor] {
      return lanewise::kmeans(data->points, data->start, {.tolerance = 0}, executor).inertia;
    });
  }
#ifdef LANEWISE_BENCH_LEVELS
  const auto add_level = [&](level_kmeans level, const std::string& march, const std::string& same) {
    add({.name = "static " + march, .role = role::fixed, .limit = "FMA " + same, .same_as = same},
        [f = level.f32, data] {
          return f(data->points.data(), data->points.rows(), data->points.cols(), data->start.data(), data->start.rows());
        });
  };
  if (!all_threads && level_runs(4)) add_level(v4::kmeans(), "x86-64-v4", "avx3");
  if (!all_threads && level_runs(3)) add_level(v3::kmeans(), "x86-64-v3", "avx2");
#endif
  return all;
}

/// Its flops are two for each coordinate of each point, centroid and iteration.
table kmeans_table(const std::string& name, std::size_t k, bool quick, bool all_threads, matrix (*points)()) {
  table t;
  t.name = "kmeans/" + name + '/' + std::to_string(k) + (all_threads ? "/threads" : "");
  t.counted = unit::flops;
  t.quick = quick;
  t.wall_clock = all_threads;
  t.title = "kmeans, " + name + ", k = " + std::to_string(k) + ", f32" + (all_threads ? ", all threads" : ", one thread");
  t.rows = [points, k, all_threads] {
    const auto data = std::make_shared<const problem>(points(), k);
    const double work = 2.0 * static_cast<double>(data->points.size() * data->start.rows() * data->expected.iterations);
    std::vector<row> all = rows(data, all_threads);
    for (row& r : all) {
      if (r.role != role::limit) r.work = work;
    }
    return all;
  };
  return t;
}

const registration kmeans{{.name = "kmeans", .order = 30, .tables = [] {
  const auto large = [] { return blobs(20'000, 32, 50); };
  return std::vector<table>{kmeans_table("digits", 10, true, false, digits),
                            kmeans_table("digits", 10, false, true, digits),
                            kmeans_table("20000 x 32", 50, false, false, large),
                            kmeans_table("20000 x 32", 50, false, true, large)};
}}};

}  // namespace
}  // namespace bench
