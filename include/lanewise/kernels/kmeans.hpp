// SPDX-License-Identifier: MIT
// k-means clustering.

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "lanewise/data/matrix.hpp"
#include "lanewise/data/matrix_view.hpp"
#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/kmeans_kernels.hpp"
#include "lanewise/kernels/detail/kmeans_lloyd.hpp"
#include "lanewise/loops/thread_pool.hpp"
#if !LANEWISE_KERNELS_DISPATCHED
#include "lanewise/kernels/detail/kmeans.hpp"
#endif

// The same types on every target.
#ifndef LANEWISE_KERNELS_KMEANS_TYPES
#define LANEWISE_KERNELS_KMEANS_TYPES
namespace lanewise {

/// How k-means starts and when it stops.
struct kmeans_options {
  std::uint64_t seed = 0;            ///< of the k-means++ starts; the same seed gives the same result
  std::size_t max_iterations = 300;  ///< at least 1
  double tolerance = 1e-4;           ///< see kmeans; 0: until no label changes
  std::size_t n_init = 1;            ///< starts, of which the one with the least inertia counts; at least 1
};

}  // namespace lanewise

LANEWISE_BEGIN_NAMESPACE

/// What k-means found.
template <class T>
struct kmeans_result {
  matrix<T> centroids;               ///< k x d
  std::vector<std::int32_t> labels;  ///< for each point, the row of its nearest centroid
  double inertia = 0;                ///< sum of the squared distances of the points to their centroids
  std::size_t iterations = 0;        ///< of the start that is returned
  bool converged = false;            ///< false: stopped by max_iterations
};

LANEWISE_END_NAMESPACE

LANEWISE_BEGIN_DETAIL

[[noreturn]] LANEWISE_NOINLINE inline void refuse_kmeans(const std::string& what) {
  throw std::invalid_argument("lanewise::kmeans: " + what);
}

inline void check_kmeans(std::size_t n, std::size_t d, std::size_t k, const kmeans_options& options) {
  if (n == 0 || d == 0) {
    refuse_kmeans("the data is empty, " + std::to_string(n) + " points of dimension " + std::to_string(d));
  }
  if (k == 0) refuse_kmeans("k is 0");
  if (k > n) refuse_kmeans("k is " + std::to_string(k) + ", but there are only " + std::to_string(n) + " points");
  if (k > std::size_t{std::numeric_limits<std::int32_t>::max()}) refuse_kmeans("k is above 2^31 - 1");
  if (options.max_iterations == 0) refuse_kmeans("max_iterations is 0");
  if (options.n_init == 0) refuse_kmeans("n_init is 0");
  if (!(options.tolerance >= 0)) refuse_kmeans("tolerance is " + std::to_string(options.tolerance) + ", not 0 or more");
}

template <class T, class Layout>
kmeans_data<T> kmeans_data_of(const matrix_view<const T, Layout>& v) {
  return {v.data(), v.rows(), v.cols(), v.row_stride(), v.col_stride()};
}

template <class T>
void take_kmeans_result(const kmeans_fit<T>& fit, const kmeans_run& run, kmeans_result<T>& result) {
  for (std::size_t j = 0; j < result.centroids.rows(); ++j) {
    for (std::size_t f = 0; f < result.centroids.cols(); ++f) result.centroids(j, f) = fit.centroid(j, f);
  }
  std::copy(fit.labels(), fit.labels() + result.labels.size(), result.labels.begin());
  result.inertia = run.inertia;
  result.iterations = run.iterations;
  result.converged = run.converged;
}

LANEWISE_END_DETAIL
#endif  // LANEWISE_KERNELS_KMEANS_TYPES

#if defined(LANEWISE_KERNELS_KMEANS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_KMEANS_HPP
#undef LANEWISE_KERNELS_KMEANS_HPP
#else
#define LANEWISE_KERNELS_KMEANS_HPP
#endif

LANEWISE_BEGIN_KERNELS

/// Sorts n points into k clusters so that the sum of the squared distances to the clusters' means is small: Lloyd's
/// iterations from a greedy k-means++ start.
///
/// Elements: float or double. data: n x d, one point a row, any layout and strides; 1 <= k <= n.
///
/// The iterations end, as in scikit-learn, when no label changes, when the centroids' squared shifts add up to at most
/// tolerance times the mean variance of the columns, or after max_iterations; the labels are always those of the
/// returned centroids (before rounding to T: they are kept in f64).
///
/// Labels are those of the direct formula in f64, the lower index among equally near centroids: where the fast formula
/// leaves a doubt, the distances are computed again. The data is centred first, so that its distance from the origin
/// costs no digits, and scaled by a power of two, so that tiny and huge numbers work. Inertia: direct formula in f64.
///
/// A cluster that loses all points gets, in the order of the clusters, the point that is farthest from its centroid
/// (the first of several), from a cluster of more than one point. With fewer than k distinct points the surplus
/// clusters stay empty: no label names them, and their centroids are copies of others.
///
/// The result depends on data, options and target alone: the same bits for any number of workers, and the same random
/// numbers (SplitMix64) with every standard library.
///
/// Time O(n d k) an iteration, O(n d k log k) for the start; parallel above about 2^20 / (d k) points, at most 4096.
/// Memory, allocated once: a copy of the data, up to half as much for the sums (f32), and about (8 + log k) n numbers.
///
/// Throws std::invalid_argument: data empty, k = 0, k > n, NaN or infinity in the data (with row and column), squares
/// of f64 data that overflow, max_iterations = 0, n_init = 0, tolerance negative or NaN.
///
/// Source: Lloyd, Least squares quantization in PCM, 1982; Arthur and Vassilvitskii, k-means++, 2007.
///
/// kmeans(matrix<float>{{0}, {1}, {10}, {11}}, 2).inertia  // 1
template <viewable_matrix X>
kmeans_result<matrix_value_t<X>> kmeans(const X& data, std::size_t k, const kmeans_options& options = {},
                                        executor_ref executor = default_executor()) {
  using T = matrix_value_t<X>;
  static_assert(std::floating_point<T> && element<T>, "kmeans: the data is float or double");
  const auto x = const_view_of(data);
  detail::check_kmeans(x.rows(), x.cols(), k, options);
  detail::kmeans_fit<T> fit(backend<detail::kmeans_kernels<T>>(), detail::kmeans_data_of(x), k, executor);
  fit.set_tolerance(options.tolerance);
  kmeans_result<T> result{matrix<T>(k, x.cols()), std::vector<std::int32_t>(x.rows())};
  detail::splitmix64 random(options.seed);
  for (std::size_t i = 0; i < options.n_init; ++i) {
    fit.start_by_kmeans_plus_plus(random);
    const detail::kmeans_run run = fit.iterate(options.max_iterations);
    if (i == 0 || run.inertia < result.inertia) detail::take_kmeans_result(fit, run, result);
  }
  return result;
}

/// The same from given centroids, k x d; of the options, seed and n_init are not used.
///
/// Throws std::invalid_argument also if `start` has not as many columns as the data, or a number that is not finite.
///
/// kmeans(matrix<float>{{0}, {1}, {10}, {11}}, matrix<float>{{0}, {1}}).iterations  // 3
template <viewable_matrix X, viewable_matrix C>
  requires std::same_as<matrix_value_t<X>, matrix_value_t<C>>
kmeans_result<matrix_value_t<X>> kmeans(const X& data, const C& start, const kmeans_options& options = {},
                                        executor_ref executor = default_executor()) {
  using T = matrix_value_t<X>;
  static_assert(std::floating_point<T> && element<T>, "kmeans: the data is float or double");
  const auto x = const_view_of(data);
  const auto c = const_view_of(start);
  detail::check_kmeans(x.rows(), x.cols(), c.rows(), options);
  if (c.cols() != x.cols()) {
    detail::refuse_kmeans("the start has " + std::to_string(c.cols()) + " columns, the data has " +
                          std::to_string(x.cols()));
  }
  for (std::size_t j = 0; j < c.rows(); ++j) {
    for (std::size_t f = 0; f < c.cols(); ++f) {
      if (!std::isfinite(c(j, f))) {
        detail::refuse_kmeans("the start is not finite in row " + std::to_string(j) + ", column " + std::to_string(f) +
                              " (from 0)");
      }
    }
  }
  detail::kmeans_fit<T> fit(backend<detail::kmeans_kernels<T>>(), detail::kmeans_data_of(x), c.rows(), executor);
  fit.set_tolerance(options.tolerance);
  fit.start_from(c);
  kmeans_result<T> result{matrix<T>(c.rows(), x.cols()), std::vector<std::int32_t>(x.rows())};
  detail::take_kmeans_result(fit, fit.iterate(options.max_iterations), result);
  return result;
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_KMEANS_HPP
