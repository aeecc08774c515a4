// SPDX-License-Identifier: MIT
#pragma once
// k-means compiled for one x86-64 level.

#include <cstddef>

namespace bench {

/// n points of dimension d, row-major, from k given centroids, until no label changes; returns the inertia. One thread.
struct level_kmeans {
  double (*f32)(const float* x, std::size_t n, std::size_t d, const float* start, std::size_t k);
};

namespace v3 {
level_kmeans kmeans();
}
namespace v4 {
level_kmeans kmeans();
}

}  // namespace bench
