// SPDX-License-Identifier: MIT
#pragma once
// The control flow of k-means, the same for every target: centring, start, Lloyd's iterations. Costs <vector>.
//
// All sums are taken over fixed ranges of points, which depend on n, d and k alone, and merged in their order.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/aligned_buffer.hpp"
#include "lanewise/kernels/detail/kmeans_kernels.hpp"
#include "lanewise/loops/parallelize.hpp"

LANEWISE_BEGIN_DETAIL

/// SplitMix64 (Steele, Lea, Flood, 2014): the k-th number is a hash of seed + k * constant.
class splitmix64 {
 public:
  explicit splitmix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// In [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

/// How a run of k-means ended.
struct kmeans_run {
  double inertia;
  std::size_t iterations;
  bool converged;
};

/// One fit: the data in panels and all memory that the iterations use, allocated once.
template <class T>
class kmeans_fit {
 public:
  kmeans_fit(const kmeans_kernels<T>& kernels, const kmeans_data<T>& data, std::size_t k, executor_ref executor)
      : kernels_(kernels),
        executor_(executor),
        n_(data.n),
        d_(data.d),
        k_(k),
        padded_((n_ - 1) / range_unit * range_unit + range_unit),
        range_(range_size()),
        ranges_(block_count(n_, range_)),
        panels_(padded_ * d_, uninitialized),
        norms_(padded_, uninitialized),
        shift_(d_, uninitialized),
        points_{data, shift_.data(), T(1), panels_.data(), norms_.data()},
        centres_(k * d_),
        packed_(k * d_, uninitialized),
        centre_norms_(k, uninitialized),
        sums_(k * d_),
        counts_(k),
        before_(padded_),
        after_(padded_),
        changed_(ranges_, uninitialized),
        parts_(std::clamp<std::size_t>(n_ / (4 * k), 1, max_parts)),
        part_sums_(parts_ > 1 ? parts_ * k * d_ : 0, uninitialized),
        part_counts_(parts_ > 1 ? parts_ * k : 0, uninitialized) {
    centre_data();
  }

  /// The mean variance of the columns, in the coordinates used here, times `tolerance` is the shift that ends the
  /// iterations.
  void set_tolerance(double tolerance) { least_shift_ = tolerance * mean_variance_; }

  /// Starts from centres that are given in the caller's coordinates, rounded as the data are.
  template <class Centre>
  void start_from(Centre centre) {
    for (std::size_t j = 0; j < k_; ++j) {
      for (std::size_t f = 0; f < d_; ++f) {
        centres_[j * d_ + f] = static_cast<double>((centre(j, f) - shift_[f]) * points_.scale);
      }
    }
  }

  void start_by_kmeans_plus_plus(splitmix64& random);

  kmeans_run iterate(std::size_t max_iterations);

  /// Coordinate f of centre j, in the caller's coordinates.
  T centroid(std::size_t j, std::size_t f) const {
    return static_cast<T>(centres_[j * d_ + f] / static_cast<double>(points_.scale) + static_cast<double>(shift_[f]));
  }

  const std::int32_t* labels() const { return before_.data(); }

 private:
  static constexpr std::size_t range_unit = 64;  // what ranges begin at multiples of
  static constexpr std::size_t max_ranges = 4096;
  static constexpr std::size_t max_parts = 32;

  /// Points that are one range: about 2^20 multiply-adds of the assignment, and few enough to search for a drawn
  /// candidate.
  std::size_t range_size() const {
    const double work = static_cast<double>(d_) * static_cast<double>(k_);
    const double units = std::clamp(0x1p20 / (work * range_unit), 1.0, 64.0);
    const std::size_t wanted = static_cast<std::size_t>(units) * range_unit;
    const std::size_t least = ((n_ - 1) / max_ranges / range_unit + 1) * range_unit;
    return std::max(wanted, least);
  }

  /// body(r, begin, end) for every range r.
  template <class Body>
  void for_ranges(Body body) {
    parallelize_blocks(n_, range_, body, executor_);
  }

  void centre_data();
  [[noreturn]] void refuse_data() const;
  void draw_candidates(splitmix64& random, const T* closest, double total, std::size_t count);
  void copy_point(std::size_t i, double* to) const;
  std::size_t assign();
  void update_sums(std::size_t changed);
  bool fill_empty_clusters();
  double move_centres();
  double inertia();

  kmeans_kernels<T> kernels_;
  executor_ref executor_;
  std::size_t n_, d_, k_;
  std::size_t padded_;  // n, up to a multiple of range_unit
  std::size_t range_, ranges_;
  aligned_buffer<T> panels_, norms_, shift_;
  kmeans_points<T> points_;
  double mean_variance_ = 0;
  double least_shift_ = 0;

  aligned_buffer<double> centres_;
  aligned_buffer<T> packed_, centre_norms_;
  aligned_buffer<double> sums_;
  aligned_buffer<std::int64_t> counts_;
  aligned_buffer<std::int32_t> before_, after_;
  aligned_buffer<std::size_t> changed_;
  std::size_t parts_;
  aligned_buffer<double> part_sums_;
  aligned_buffer<std::int64_t> part_counts_;

  // For the start.
  std::size_t trials_ = 0;
  aligned_buffer<T> closest_memory_;
  std::vector<T*> closest_;
  std::vector<double> candidates_, range_sums_, totals_;
  std::vector<T> packed_candidates_;
};

/// Finds shift, scale and variance, and fills the panels. The shift is the mean of each column, rounded to a multiple
/// of 1/64 of its standard deviation (down to a power of two): near enough, and the differences of numbers of few
/// digits stay exact.
template <class T>
void kmeans_fit<T>::centre_data() {
  constexpr std::size_t max_blocks = 256;
  const std::size_t block = std::max<std::size_t>(1024, ((n_ - 1) / max_blocks / range_unit + 1) * range_unit);
  aligned_buffer<double> sums(block_count(n_, block) * 2 * d_, uninitialized);
  parallelize_blocks(
      n_, block,
      [&](std::size_t b, std::size_t begin, std::size_t end) {
        kernels_.moments(points_.source, begin, end, sums.data() + b * 2 * d_);
      },
      executor_);
  for (std::size_t b = 1; b < block_count(n_, block); ++b) {
    for (std::size_t f = 0; f < 2 * d_; ++f) sums[f] += sums[b * 2 * d_ + f];
  }
  const double n = static_cast<double>(n_);
  double greatest = 0;
  for (std::size_t f = 0; f < d_; ++f) {
    const double mean = sums[f] / n;
    double variance = sums[d_ + f] / n - mean * mean;
    if (!std::isfinite(variance)) refuse_data();
    variance = std::max(variance, 0.0);
    const double first = points_.source.x[static_cast<std::ptrdiff_t>(f) * points_.source.col_stride];
    double shift = first + mean;
    if (variance > 0) {
      const double grid = std::ldexp(1.0, (std::ilogb(variance) >> 1) - 6);
      shift = std::nearbyint(shift / grid) * grid;
    }
    shift_[f] = static_cast<T>(shift);
    greatest = std::max(greatest, variance);
    mean_variance_ += variance / static_cast<double>(d_);
  }
  // Brings the widest column to a standard deviation near 1: squares of tiny or huge numbers neither vanish nor
  // overflow.
  if (greatest > 0) {
    constexpr int most = std::numeric_limits<T>::max_exponent - 8;
    points_.scale = static_cast<T>(std::ldexp(1.0, std::clamp(-(std::ilogb(greatest) >> 1), -most, most)));
  }
  mean_variance_ *= static_cast<double>(points_.scale) * static_cast<double>(points_.scale);
  for_ranges([&](std::size_t, std::size_t begin, std::size_t end) { kernels_.pack(points_, begin, end); });
  for (std::size_t i = (n_ - 1) / kernels_.panel * kernels_.panel + kernels_.panel; i < padded_; ++i) norms_[i] = 0;
}

template <class T>
void kmeans_fit<T>::refuse_data() const {
  const auto& data = points_.source;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t f = 0; f < d_; ++f) {
      const T x =
          data.x[static_cast<std::ptrdiff_t>(i) * data.row_stride + static_cast<std::ptrdiff_t>(f) * data.col_stride];
      if (!std::isfinite(x)) {
        throw std::invalid_argument("lanewise::kmeans: the data has " +
                                    std::string(std::isnan(x) ? "a NaN" : "an infinity") + " in row " +
                                    std::to_string(i) + ", column " + std::to_string(f) + " (from 0)");
      }
    }
  }
  throw std::invalid_argument(
      "lanewise::kmeans: the data's numbers are so large that the sum of their squares overflows");
}

/// The point's packed coordinates.
template <class T>
void kmeans_fit<T>::copy_point(std::size_t i, double* to) const {
  const T* x = panels_.data() + i / kernels_.panel * kernels_.panel * d_ + i % kernels_.panel;
  for (std::size_t f = 0; f < d_; ++f) to[f] = static_cast<double>(x[f * kernels_.panel]);
}

/// Writes the packed coordinates of `count` points to candidates_, each drawn with a probability in proportion to
/// closest.
template <class T>
void kmeans_fit<T>::draw_candidates(splitmix64& random, const T* closest, double total, std::size_t count) {
  for (std::size_t c = 0; c < count; ++c) {
    double rest = random.uniform() * total;
    // The range, then the point in it; where rounding leads past the end, the last one with a weight.
    std::size_t range = 0;
    for (std::size_t r = 0; r < ranges_; ++r) {
      if (totals_[r] == 0) continue;
      range = r;
      if (rest < totals_[r]) break;
      rest -= totals_[r];
    }
    std::size_t point = range * range_;
    for (std::size_t i = point; i < std::min(n_, (range + 1) * range_); ++i) {
      const double weight = static_cast<double>(closest[i]);
      if (weight == 0) continue;
      point = i;
      if (rest < weight) break;
      rest -= weight;
    }
    copy_point(point, candidates_.data() + c * d_);
  }
}

/// Greedy k-means++ (Arthur and Vassilvitskii, 2007): of each 2 + floor(log k) candidates, the one is taken that leaves
/// the least sum of squared distances to the nearest centre.
template <class T>
void kmeans_fit<T>::start_by_kmeans_plus_plus(splitmix64& random) {
  if (closest_.empty()) {
    trials_ = 2 + static_cast<std::size_t>(std::log(static_cast<double>(k_)));
    closest_memory_ = aligned_buffer<T>((trials_ + 1) * padded_, uninitialized);
    for (std::size_t c = 0; c <= trials_; ++c) closest_.push_back(closest_memory_.data() + c * padded_);
    candidates_.resize(trials_ * d_);
    packed_candidates_.resize(trials_ * d_);
    range_sums_.resize(trials_ * ranges_);
    totals_.resize(ranges_);
  }
  // closest_[0] holds the distances to the centres so far, the others those with one candidate more.
  std::fill(closest_[0], closest_[0] + n_, std::numeric_limits<T>::max());
  std::fill(closest_[0] + n_, closest_[0] + padded_, T(0));
  const auto try_candidates = [&](std::size_t count) {
    kernels_.pack_candidates(candidates_.data(), count, d_, packed_candidates_.data());
    for_ranges([&](std::size_t r, std::size_t begin, std::size_t end) {
      kernels_.nearer(points_, begin, end, packed_candidates_.data(), count, closest_[0], closest_.data() + 1,
                      range_sums_.data() + r * trials_);
    });
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < count; ++c) {
      double total = 0;
      for (std::size_t r = 0; r < ranges_; ++r) total += range_sums_[r * trials_ + c];
      if (total < least) {
        least = total;
        best = c;
      }
    }
    std::swap(closest_[0], closest_[best + 1]);
    for (std::size_t r = 0; r < ranges_; ++r) totals_[r] = range_sums_[r * trials_ + best];
    return std::pair(candidates_.data() + best * d_, least);
  };

  const double place = random.uniform() * static_cast<double>(n_);
  copy_point(std::min(n_ - 1, static_cast<std::size_t>(place)), candidates_.data());
  for (std::size_t j = 0;; ++j) {
    const auto [chosen, total] = try_candidates(j == 0 ? 1 : trials_);
    std::copy(chosen, chosen + d_, centres_.data() + j * d_);
    if (j + 1 == k_) return;
    if (total == 0) {  // every point is a centre already
      for (std::size_t i = j + 1; i < k_; ++i)
        std::copy(centres_.data(), centres_.data() + d_, centres_.data() + i * d_);
      return;
    }
    draw_candidates(random, closest_[0], total, trials_);
  }
}

/// Labels in after_; how many changed.
template <class T>
std::size_t kmeans_fit<T>::assign() {
  const kmeans_centres<T> centres{k_, centres_.data(), packed_.data(), centre_norms_.data()};
  kernels_.pack_centres(centres, d_);
  for_ranges([&](std::size_t r, std::size_t begin, std::size_t end) {
    changed_[r] = kernels_.assign(points_, centres, begin, end, before_.data(), after_.data());
  });
  std::size_t changed = 0;
  for (const std::size_t c : changed_) changed += c;
  return changed;
}

/// Brings sums_ and counts_ from the labels before_ to after_. Only the points that moved cost anything, so that the
/// late iterations are little more than an assignment.
template <class T>
void kmeans_fit<T>::update_sums(std::size_t changed) {
  // As many parts as the points that moved are worth the zeroing and merging.
  const std::size_t parts = std::clamp<std::size_t>(changed / (4 * k_) / 256, 1, parts_);
  if (parts == 1) {
    kernels_.move(points_, 0, n_, before_.data(), after_.data(), sums_.data(), counts_.data());
    return;
  }
  const std::size_t part = ((n_ - 1) / parts / range_unit + 1) * range_unit;
  parallelize_blocks(
      n_, part,
      [&](std::size_t p, std::size_t begin, std::size_t end) {
        double* sums = part_sums_.data() + p * k_ * d_;
        std::int64_t* counts = part_counts_.data() + p * k_;
        std::fill(sums, sums + k_ * d_, 0.0);
        std::fill(counts, counts + k_, 0);
        kernels_.move(points_, begin, end, before_.data(), after_.data(), sums, counts);
      },
      executor_);
  for (std::size_t p = 0; p < block_count(n_, part); ++p) {
    for (std::size_t j = 0; j < k_ * d_; ++j) sums_[j] += part_sums_[p * k_ * d_ + j];
    for (std::size_t j = 0; j < k_; ++j) counts_[j] += part_counts_[p * k_ + j];
  }
}

/// Gives each empty cluster, in order, the point that is farthest from its centre among clusters of more than one.
/// Whether any got one.
template <class T>
bool kmeans_fit<T>::fill_empty_clusters() {
  if (std::find(counts_.begin(), counts_.end(), 0) == counts_.end()) return false;
  std::vector<double> distance(n_);
  for_ranges([&](std::size_t, std::size_t begin, std::size_t end) {
    kernels_.distances(points_, begin, end, centres_.data(), after_.data(), distance.data());
  });
  std::vector<double> point(d_);
  bool filled = false;
  for (std::size_t j = 0; j < k_; ++j) {
    if (counts_[j] != 0) continue;
    std::size_t farthest = n_;
    for (std::size_t i = 0; i < n_; ++i) {
      if (distance[i] > (farthest == n_ ? 0.0 : distance[farthest]) &&
          counts_[static_cast<std::size_t>(after_[i])] > 1) {
        farthest = i;
      }
    }
    if (farthest == n_) break;
    copy_point(farthest, point.data());
    const auto from = static_cast<std::size_t>(after_[farthest]);
    for (std::size_t f = 0; f < d_; ++f) {
      sums_[from * d_ + f] -= point[f];
      sums_[j * d_ + f] = point[f];
    }
    --counts_[from];
    counts_[j] = 1;
    after_[farthest] = static_cast<std::int32_t>(j);
    distance[farthest] = 0;
    filled = true;
  }
  return filled;
}

/// Each centre to the mean of its points; an empty cluster's stays. The sum of the squared ways.
template <class T>
double kmeans_fit<T>::move_centres() {
  double shift = 0;
  for (std::size_t j = 0; j < k_; ++j) {
    if (counts_[j] == 0) continue;
    const auto count = static_cast<double>(counts_[j]);
    for (std::size_t f = 0; f < d_; ++f) {
      const double mean = sums_[j * d_ + f] / count;
      const double way = mean - centres_[j * d_ + f];
      shift += way * way;
      centres_[j * d_ + f] = mean;
    }
  }
  return shift;
}

template <class T>
double kmeans_fit<T>::inertia() {
  std::vector<double> sums(ranges_);
  for_ranges([&](std::size_t r, std::size_t begin, std::size_t end) {
    sums[r] = kernels_.distances(points_, begin, end, centres_.data(), before_.data(), nullptr);
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total / static_cast<double>(points_.scale) / static_cast<double>(points_.scale);
}

/// Lloyd's iterations; the labels, in before_, are in the end those of the centres.
template <class T>
kmeans_run kmeans_fit<T>::iterate(std::size_t max_iterations) {
  std::fill(before_.begin(), before_.end(), -1);
  std::fill(sums_.begin(), sums_.end(), 0.0);
  std::fill(counts_.begin(), counts_.end(), 0);
  kmeans_run run{0, 0, false};
  bool labels_are_of_centres = false;
  while (run.iterations < max_iterations && !run.converged) {
    ++run.iterations;
    const std::size_t changed = assign();
    if (changed != 0) update_sums(changed);
    const bool filled = fill_empty_clusters();
    std::swap(before_, after_);
    if (changed == 0 && !filled) {
      run.converged = labels_are_of_centres = true;
    } else {
      run.converged = move_centres() <= least_shift_ && !filled;
    }
  }
  if (!labels_are_of_centres) {
    assign();
    std::swap(before_, after_);
  }
  run.inertia = inertia();
  return run;
}

LANEWISE_END_DETAIL
