// SPDX-License-Identifier: MIT
// k-means against a plain Lloyd in f64 by the direct formula, on every target.
#include <lanewise/data/csv.hpp>
#include <lanewise/lanewise.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/per_target.hpp"

namespace {

using lanewise::kmeans;
using lanewise::kmeans_options;
using lanewise::matrix;

constexpr std::uint64_t seed = 20261123;

/// What a plain implementation finds.
struct plain_result {
  matrix<double> centroids;
  std::vector<std::int32_t> labels;
  double inertia = 0;
  std::size_t iterations = 0;
  bool converged = false;
};

template <class A, class B>
double squared_distance(const matrix<A>& x, std::size_t i, const matrix<B>& y, std::size_t j) {
  double sum = 0;
  for (std::size_t f = 0; f < x.cols(); ++f) {
    const double difference = static_cast<double>(x(i, f)) - static_cast<double>(y(j, f));
    sum += difference * difference;
  }
  return sum;
}

template <class T>
std::vector<std::int32_t> plain_labels(const matrix<T>& x, const matrix<double>& centroids) {
  std::vector<std::int32_t> labels(x.rows());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < centroids.rows(); ++j) {
      const double distance = squared_distance(x, i, centroids, j);
      if (distance < best) {
        best = distance;
        labels[i] = static_cast<std::int32_t>(j);
      }
    }
  }
  return labels;
}

/// An empty cluster gets the point farthest from its centre, of a cluster that has another. Whether there was one.
template <class T>
bool plain_refill(const matrix<T>& x, const matrix<double>& centroids, std::vector<std::int32_t>& labels) {
  bool any = false;
  for (std::size_t j = 0; j < centroids.rows(); ++j) {
    const auto size = [&](std::int32_t cluster) { return std::count(labels.begin(), labels.end(), cluster); };
    if (size(static_cast<std::int32_t>(j)) != 0) continue;
    std::size_t farthest = x.rows();
    double most = 0;
    for (std::size_t i = 0; i < x.rows(); ++i) {
      const auto label = static_cast<std::size_t>(labels[i]);
      if (squared_distance(x, i, centroids, label) > most && size(labels[i]) > 1) {
        most = squared_distance(x, i, centroids, label);
        farthest = i;
      }
    }
    if (farthest == x.rows()) break;
    labels[farthest] = static_cast<std::int32_t>(j);
    any = true;
  }
  return any;
}

template <class T>
double mean_variance(const matrix<T>& x) {
  double total = 0;
  const double n = static_cast<double>(x.rows());
  for (std::size_t f = 0; f < x.cols(); ++f) {
    double mean = 0;
    double square = 0;
    for (std::size_t i = 0; i < x.rows(); ++i) mean += static_cast<double>(x(i, f)) / n;
    for (std::size_t i = 0; i < x.rows(); ++i) square += std::pow(static_cast<double>(x(i, f)) - mean, 2) / n;
    total += square / static_cast<double>(x.cols());
  }
  return total;
}

template <class T>
plain_result plain_kmeans(const matrix<T>& x, const matrix<T>& start, const kmeans_options& options = {}) {
  const std::size_t k = start.rows();
  const std::size_t d = x.cols();
  plain_result r{matrix<double>(k, d), std::vector<std::int32_t>(x.rows(), -1)};
  for (std::size_t j = 0; j < k; ++j) {
    for (std::size_t f = 0; f < d; ++f) r.centroids(j, f) = static_cast<double>(start(j, f));
  }
  while (r.iterations < options.max_iterations && !r.converged) {
    ++r.iterations;
    auto labels = plain_labels(x, r.centroids);
    const bool same = labels == r.labels;
    const bool refilled = plain_refill(x, r.centroids, labels);
    r.labels = labels;
    if (same && !refilled) {
      r.converged = true;
      break;
    }
    double shift = 0;
    for (std::size_t j = 0; j < k; ++j) {
      std::vector<double> sum(d);
      double count = 0;
      for (std::size_t i = 0; i < x.rows(); ++i) {
        if (labels[i] != static_cast<std::int32_t>(j)) continue;
        for (std::size_t f = 0; f < d; ++f) sum[f] += static_cast<double>(x(i, f));
        ++count;
      }
      for (std::size_t f = 0; f < d && count > 0; ++f) {
        shift += std::pow(sum[f] / count - r.centroids(j, f), 2);
        r.centroids(j, f) = sum[f] / count;
      }
    }
    r.converged = shift <= options.tolerance * mean_variance(x) && !refilled;
  }
  r.labels = plain_labels(x, r.centroids);
  for (std::size_t i = 0; i < x.rows(); ++i) {
    r.inertia += squared_distance(x, i, r.centroids, static_cast<std::size_t>(r.labels[i]));
  }
  return r;
}

/// Normal clouds around points in a cube.
template <class T>
matrix<T> blobs(std::size_t n, std::size_t d, std::size_t clouds, double spread, std::uint64_t s, double offset = 0) {
  std::mt19937_64 random(s);
  std::uniform_real_distribution<double> in_cube(-5, 5);
  std::normal_distribution<double> normal;
  matrix<double> middle(clouds, d);
  for (double& m : middle.values()) m = in_cube(random);
  matrix<T> x(n, d);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t f = 0; f < d; ++f)
      x(i, f) = static_cast<T>(offset + middle(i % clouds, f) + spread * normal(random));
  }
  return x;
}

/// k different points of the data.
template <class T>
matrix<T> some_rows(const matrix<T>& x, std::size_t k, std::uint64_t s) {
  std::mt19937_64 random(s);
  std::vector<std::size_t> rows(x.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::shuffle(rows.begin(), rows.end(), random);
  matrix<T> start(k, x.cols());
  for (std::size_t j = 0; j < k; ++j) {
    for (std::size_t f = 0; f < x.cols(); ++f) start(j, f) = x(rows[j], f);
  }
  return start;
}

template <class T>
void check_like_plain(const matrix<T>& x, const matrix<T>& start, const kmeans_options& options = {}) {
  CAPTURE(x.rows(), x.cols(), start.rows(), sizeof(T));
  const auto expected = plain_kmeans(x, start, options);
  const auto found = kmeans(x, start, options);
  CHECK(found.labels == expected.labels);
  CHECK(found.iterations == expected.iterations);
  CHECK(found.converged == expected.converged);
  CHECK(std::abs(found.inertia - expected.inertia) <= 1e-6 * expected.inertia);
  double most = 0;
  double error = 0;
  for (std::size_t j = 0; j < start.rows(); ++j) {
    for (std::size_t f = 0; f < x.cols(); ++f) {
      most = std::max(most, std::abs(expected.centroids(j, f)));
      error = std::max(error, std::abs(static_cast<double>(found.centroids(j, f)) - expected.centroids(j, f)));
    }
  }
  // One rounding to T, and what the plain sums in f64 are off.
  const double rounding = static_cast<double>(x.rows()) * std::numeric_limits<double>::epsilon();
  CHECK(error <= most * (static_cast<double>(std::numeric_limits<T>::epsilon()) + rounding));
}

template <class Body>
void on_every_target(Body body) {
  const lanewise_tests::restore_target restore;
  for (const std::string& target : lanewise_tests::targets()) {
    DYNAMIC_SECTION("target " << target) {
      lanewise::use_target(target);
      body();
    }
  }
}

template <class T>
matrix<T> read_digits() {
  return lanewise::read_csv<T>(LANEWISE_EXAMPLE_DATA "/digits.csv", {.columns = 64});
}

template <class T>
matrix<T> read_iris() {
  return lanewise::read_csv<T>(LANEWISE_EXAMPLE_DATA "/iris.csv", {.skip_lines = 1, .columns = 4});
}

template <class T>
bool same_bits(const lanewise::kmeans_result<T>& a, const lanewise::kmeans_result<T>& b) {
  return a.labels == b.labels && a.inertia == b.inertia && a.iterations == b.iterations &&
         std::ranges::equal(a.centroids.values(), b.centroids.values());
}

}  // namespace

TEMPLATE_TEST_CASE("k-means of the documentation's example", "", float, double) {
  on_every_target([] {
    const matrix<TestType> x = {{0}, {1}, {10}, {11}};
    const auto r = kmeans(x, 2);
    CHECK(r.inertia == 1);
    CHECK(r.converged);
    CHECK(r.labels[0] == r.labels[1]);
    CHECK(r.labels[2] == r.labels[3]);
    CHECK(r.labels[0] != r.labels[2]);
    const auto low = static_cast<std::size_t>(r.labels[0]);
    CHECK(r.centroids(low, 0) == TestType(0.5));
    CHECK(r.centroids(1 - low, 0) == TestType(10.5));
    CHECK(kmeans(x, matrix<TestType>{{0}, {1}}).iterations == 3);
  });
}

TEMPLATE_TEST_CASE("k-means follows a plain Lloyd on random shapes", "", float, double) {
  on_every_target([] {
    std::mt19937_64 random(seed);
    for (const std::size_t n : {1U, 2U, 3U, 5U, 16U, 31U, 64U, 65U, 127U, 211U, 521U}) {
      for (const std::size_t d : {1U, 2U, 3U, 7U, 8U, 16U, 17U, 33U, 67U}) {
        const auto x = blobs<TestType>(n, d, 5, 1.5, random());
        for (const std::size_t k : {std::size_t{1}, std::size_t{2}, 1 + random() % 30, n}) {
          if (k <= n) check_like_plain(x, some_rows(x, k, random()), {.tolerance = random() % 2 == 0 ? 0 : 1e-4});
        }
      }
    }
  });
}

TEMPLATE_TEST_CASE("k-means follows a plain Lloyd on iris and digits", "", float, double) {
  const auto iris = read_iris<TestType>();
  const auto digits = read_digits<TestType>();
  on_every_target([&] {
    for (std::uint64_t s = 0; s < 20; ++s) check_like_plain(iris, some_rows(iris, 3 + s % 5, seed + s));
    for (std::uint64_t s = 0; s < 3; ++s) check_like_plain(digits, some_rows(digits, 10, seed + s));
  });
}

TEMPLATE_TEST_CASE("k-means keeps its digits far from the origin and for tiny and huge numbers", "", float, double) {
  on_every_target([] {
    for (const double offset : {1e4, -1e6}) {
      const auto x = blobs<TestType>(1000, 6, 8, 1.0, seed, offset);
      check_like_plain(x, some_rows(x, 8, seed));
    }
    const auto x = blobs<TestType>(300, 4, 6, 1.0, seed);
    const auto start = some_rows(x, 6, seed);
    const auto expected = kmeans(x, start);
    for (const int exponent : {-100, 100}) {
      matrix<TestType> scaled = x;
      matrix<TestType> scaled_start = start;
      for (TestType& v : scaled.values()) v = std::ldexp(v, exponent);
      for (TestType& v : scaled_start.values()) v = std::ldexp(v, exponent);
      const auto r = kmeans(scaled, scaled_start);
      CHECK(r.labels == expected.labels);
      CHECK(r.inertia == std::ldexp(expected.inertia, 2 * exponent));
    }
  });
}

TEST_CASE("k-means stops at max_iterations with the labels of its centroids") {
  on_every_target([] {
    const auto x = blobs<double>(2000, 3, 1, 1.0, seed);
    const auto start = some_rows(x, 20, seed);
    for (const std::size_t most : {1U, 2U, 5U}) {
      check_like_plain(x, start, {.max_iterations = most, .tolerance = 0});
      CHECK_FALSE(kmeans(x, start, {.max_iterations = most, .tolerance = 0}).converged);
    }
  });
}

TEMPLATE_TEST_CASE("k-means takes any layout", "", float, double) {
  on_every_target([] {
    for (const std::size_t d : {1U, 5U, 16U, 40U}) {
      const auto x = blobs<TestType>(333, d, 4, 2.0, seed + d);
      const auto expected = kmeans(x, 7);
      const matrix<TestType, lanewise::col_major> by_column(x.view());
      CHECK(same_bits(kmeans(by_column, 7), expected));
      CHECK(same_bits(kmeans(by_column.view(), 7), expected));
      // Every second row and third column of something larger, backwards.
      matrix<TestType> wide(2 * x.rows(), 3 * d, std::numeric_limits<TestType>::quiet_NaN());
      for (std::size_t i = 0; i < x.rows(); ++i) {
        for (std::size_t f = 0; f < d; ++f) wide(2 * (x.rows() - 1 - i), 3 * (d - 1 - f)) = x(i, f);
      }
      const auto ld = static_cast<std::ptrdiff_t>(wide.cols());
      const lanewise::matrix_view<const TestType, lanewise::strided> backwards(&wide(2 * (x.rows() - 1), 3 * (d - 1)),
                                                                               x.rows(), d, -2 * ld, -3);
      CHECK(same_bits(kmeans(backwards, 7), expected));
    }
  });
}

TEMPLATE_TEST_CASE("k-means gives the same bits for any number of workers", "", float, double) {
  on_every_target([] {
    struct shape {
      std::size_t n, d, k;
    };
    for (const shape s : {shape{20000, 3, 2}, shape{5000, 40, 30}, shape{700, 9, 650}}) {
      CAPTURE(s.n, s.d, s.k);
      const auto x = blobs<TestType>(s.n, s.d, 3, 3.0, seed);
      const kmeans_options options{.max_iterations = 8, .n_init = 2};
      const auto expected = kmeans(x, s.k, options, lanewise::serial);
      for (const std::size_t workers : {1U, 2U, 3U, 8U, 64U}) {
        CAPTURE(workers);
        lanewise::thread_pool pool(workers);
        CHECK(same_bits(kmeans(x, s.k, options, pool), expected));
      }
    }
  });
}

TEST_CASE("k-means finds the best known clusters of the digits, and the same for the same seed") {
  const auto digits = read_digits<float>();
  double best = std::numeric_limits<double>::infinity();
  for (std::uint64_t s = 0; s < 10; ++s) {
    best = std::min(best, plain_kmeans(digits, some_rows(digits, 10, seed + s)).inertia);
  }
  on_every_target([&] {
    const auto r = kmeans(digits, 10, {.seed = 1, .n_init = 10});
    CHECK(r.inertia <= 1.001 * best);
    CHECK(same_bits(kmeans(digits, 10, {.seed = 1, .n_init = 10}), r));
    CHECK(kmeans(digits, 10, {.seed = 1}).inertia >= r.inertia);
  });
}

TEMPLATE_TEST_CASE("k-means fills an empty cluster with the farthest point", "", float, double) {
  on_every_target([] {
    // Nothing is near the third and fourth centroid. 30 is farthest from its own, then 24.
    const matrix<TestType> x = {{0}, {1}, {2}, {20}, {24}, {30}};
    const matrix<TestType> start = {{1}, {21}, {1000}, {-1000}};
    const auto one = kmeans(x, start, {.max_iterations = 1, .tolerance = 0});
    CHECK(std::ranges::equal(one.centroids.values(), std::vector<TestType>{1, 20, 30, 24}));
    CHECK(one.labels == std::vector<std::int32_t>{0, 0, 0, 1, 3, 2});
    check_like_plain(x, start);
    const auto y = blobs<TestType>(200, 3, 4, 1.0, seed);
    matrix<TestType> far_away(12, 3);
    for (std::size_t j = 0; j < 12; ++j) far_away(j, 0) = static_cast<TestType>(100 * j);
    check_like_plain(y, far_away);
  });
}

TEMPLATE_TEST_CASE("k-means with fewer distinct points than clusters leaves clusters empty", "", float, double) {
  on_every_target([] {
    matrix<TestType> x(50, 2);
    for (std::size_t i = 0; i < 50; ++i) x(i, 0) = static_cast<TestType>(i % 3);
    const auto r = kmeans(x, 5);
    CHECK(r.inertia == 0);
    CHECK(r.converged);
    CHECK(r.iterations <= 2);
    std::vector<std::int32_t> used = r.labels;
    std::ranges::sort(used);
    CHECK(std::unique(used.begin(), used.end()) - used.begin() == 3);
    for (std::size_t i = 0; i < 50; ++i) {
      CHECK(r.centroids(static_cast<std::size_t>(r.labels[i]), 0) == x(i, 0));
    }
    for (std::size_t j = 0; j < 5; ++j) CHECK(std::fmod(r.centroids(j, 0), TestType(1)) == 0);
    const auto constant = kmeans(matrix<TestType>(9, 4, TestType(7.25)), 9);
    CHECK(constant.inertia == 0);
    CHECK(std::ranges::count(constant.centroids.values(), TestType(7.25)) == 36);
  });
}

TEST_CASE("k-means breaks ties towards the lower index") {
  on_every_target([] {
    const matrix<float> x = {{-1}, {1}, {3}};  // 1 is as near to -1 as to 3
    CHECK(kmeans(x, matrix<float>{{-1}, {3}}, {.max_iterations = 1, .tolerance = 0}).centroids(0, 0) == 0);
    CHECK(kmeans(x, matrix<float>{{3}, {-1}}, {.max_iterations = 1, .tolerance = 0}).centroids(0, 0) == 2);
  });
}

TEST_CASE("k-means refuses what it cannot do, and says why") {
  using Catch::Matchers::Message;
  using refusal = std::invalid_argument;
  on_every_target([] {
    const matrix<float> x = {{0, 1}, {2, 3}, {4, 5}};
    CHECK_THROWS_MATCHES(kmeans(x, 0), refusal, Message("lanewise::kmeans: k is 0"));
    CHECK_THROWS_MATCHES(kmeans(x, 4), refusal, Message("lanewise::kmeans: k is 4, but there are only 3 points"));
    CHECK_THROWS_MATCHES(kmeans(matrix<float>(0, 2), 1), refusal,
                         Message("lanewise::kmeans: the data is empty, 0 points of dimension 2"));
    CHECK_THROWS_MATCHES(kmeans(matrix<float>(3, 0), 1), refusal,
                         Message("lanewise::kmeans: the data is empty, 3 points of dimension 0"));
    CHECK_THROWS_AS(kmeans(lanewise::matrix_view<const float>(), 1), refusal);
    CHECK_THROWS_MATCHES(kmeans(x, 2, {.max_iterations = 0}), refusal,
                         Message("lanewise::kmeans: max_iterations is 0"));
    CHECK_THROWS_MATCHES(kmeans(x, 2, {.n_init = 0}), refusal, Message("lanewise::kmeans: n_init is 0"));
    CHECK_THROWS_MATCHES(kmeans(x, 2, {.tolerance = -1}), refusal,
                         Message("lanewise::kmeans: tolerance is -1.000000, not 0 or more"));
    CHECK_THROWS_AS(kmeans(x, 2, {.tolerance = std::nan("")}), refusal);
    CHECK_THROWS_MATCHES(kmeans(x, matrix<float>(2, 3)), refusal,
                         Message("lanewise::kmeans: the start has 3 columns, the data has 2"));
    CHECK_THROWS_MATCHES(kmeans(x, matrix<float>(4, 2)), refusal,
                         Message("lanewise::kmeans: k is 4, but there are only 3 points"));
    CHECK_THROWS_MATCHES(kmeans(x, matrix<float>(0, 2)), refusal, Message("lanewise::kmeans: k is 0"));
    CHECK_THROWS_MATCHES(kmeans(x, matrix<float>{{0, 0}, {0, NAN}}), refusal,
                         Message("lanewise::kmeans: the start is not finite in row 1, column 1 (from 0)"));
    for (const std::size_t n : {1U, 100U, 5000U}) {
      for (const std::size_t d : {1U, 3U, 40U}) {
        auto bad = blobs<float>(n, d, 1, 1, seed);
        const std::size_t i = n * 3 / 4;
        const std::size_t f = d / 2;
        bad(n - 1, d - 1) = NAN;
        bad(i, f) = NAN;
        const std::string place = " in row " + std::to_string(i) + ", column " + std::to_string(f) + " (from 0)";
        CHECK_THROWS_MATCHES(kmeans(bad, 1), refusal, Message("lanewise::kmeans: the data has a NaN" + place));
        bad(i, f) = -INFINITY;
        CHECK_THROWS_MATCHES(kmeans(bad, 1), refusal, Message("lanewise::kmeans: the data has an infinity" + place));
        CHECK_THROWS_AS(kmeans(bad.view().transposed(), 1), refusal);
      }
    }
    const matrix<double> huge = {{1e200}, {-1e200}};
    CHECK_THROWS_MATCHES(
        kmeans(huge, 2), refusal,
        Message("lanewise::kmeans: the data's numbers are so large that the sum of their squares overflows"));
    const matrix<float> large = {{3e38f}, {-3e38f}, {2.9e38f}};
    CHECK(kmeans(large, 2).labels[0] == kmeans(large, 2).labels[2]);
  });
}
