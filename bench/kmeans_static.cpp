// SPDX-License-Identifier: MIT
// Compiled once with -march=x86-64-v3 and once with -march=x86-64-v4; LANEWISE_BENCH_LEVEL is v3 or v4.

#include <lanewise/kernels/kmeans.hpp>

#include "kmeans_static.hpp"

namespace bench::LANEWISE_BENCH_LEVEL {
namespace {

double cluster(const float* x, std::size_t n, std::size_t d, const float* start, std::size_t k) {
  const lanewise::kmeans_options until_stable{.tolerance = 0};
  return lanewise::kmeans(lanewise::matrix_view<const float>(x, n, d), lanewise::matrix_view<const float>(start, k, d),
                          until_stable, lanewise::serial)
      .inertia;
}

}  // namespace

level_kmeans kmeans() { return {.f32 = cluster}; }

}  // namespace bench::LANEWISE_BENCH_LEVEL
