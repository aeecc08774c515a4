// SPDX-License-Identifier: MIT
#pragma once
// The vector work of k-means as function pointers: what one target offers, and what crosses the dispatch boundary. The
// control flow around it, kmeans_lloyd.hpp, is the same for all targets.
//
// Inside, everything is in centred and scaled coordinates, (x - shift) * scale, in panels: `panel` points side by side,
// d rows of `panel` values, so that a register holds one coordinate of several points. The last panel is filled up with
// zeros.

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "lanewise/config/macros.hpp"
#include "lanewise/simd/element.hpp"

namespace lanewise::detail {

/// The caller's n x d matrix.
template <element T>
struct kmeans_data {
  const T* x;
  std::size_t n, d;
  std::ptrdiff_t row_stride, col_stride;
};

/// The same points in panels. shift: d values, scale: a power of two.
template <element T>
struct kmeans_points {
  kmeans_data<T> source;
  const T* shift;
  T scale;
  T* panels;
  T* norms;  ///< squared length of each packed point, padded to whole panels
};

/// k centres: exact, k x d, and packed for the assignment (which see).
template <element T>
struct kmeans_centres {
  std::size_t k;
  double* exact;
  T* packed;
  T* norms;
};

/// Ranges [begin, end) of points: begin is a multiple of 64, and so is end unless it is n.
template <element T>
struct kmeans_kernels {
  /// Points in a panel, at most 64, a power of two.
  std::size_t panel;

  /// Of each column, the sum of x - x(0, f) and of its square: 2 d sums.
  void (*moments)(const kmeans_data<T>& data, std::size_t begin, std::size_t end, double* sums);

  /// Fills the panels and the norms.
  void (*pack)(const kmeans_points<T>& points, std::size_t begin, std::size_t end);

  /// Packs exact into packed and norms.
  void (*pack_centres)(const kmeans_centres<T>& centres, std::size_t d);

  /// after[i] is the nearest centre of point i, the lowest of equally near ones. How many differ from `before`.
  std::size_t (*assign)(const kmeans_points<T>& points, const kmeans_centres<T>& centres, std::size_t begin,
                        std::size_t end, const std::int32_t* before, std::int32_t* after);

  /// Moves each point whose label changed from the sum and count of the old one (unless it is negative) to those of the
  /// new.
  void (*move)(const kmeans_points<T>& points, std::size_t begin, std::size_t end, const std::int32_t* before,
               const std::int32_t* after, double* sums, std::int64_t* counts);

  /// The squared distances of the points to the centres of their labels, added up; each also to `each` unless null.
  double (*distances)(const kmeans_points<T>& points, std::size_t begin, std::size_t end, const double* centres,
                      const std::int32_t* labels, double* each);

  /// Packs `count` candidates, count x d, for `nearer`.
  void (*pack_candidates)(const double* candidates, std::size_t count, std::size_t d, T* packed);

  /// For each candidate c: out[c][i] = min(closest[i], squared distance of i to c), and their sum over the range.
  void (*nearer)(const kmeans_points<T>& points, std::size_t begin, std::size_t end, const T* packed, std::size_t count,
                 const T* closest, T* const* out, double* sums);
};

/// What the dispatch library holds for each target.
using kmeans_family = std::tuple<kmeans_kernels<float>, kmeans_kernels<double>>;

/// The chosen target's kernels; defined in the dispatch library.
const kmeans_family& chosen_kmeans_family();

template <element T>
LANEWISE_INLINE const kmeans_kernels<T>& chosen_kernels(const kmeans_kernels<T>*) {
  return std::get<kmeans_kernels<T>>(chosen_kmeans_family());
}

}  // namespace lanewise::detail
