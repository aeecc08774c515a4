// SPDX-License-Identifier: MIT
// gemm: packing and blocking around the register tile.
//
// As in Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS 34, 2008): a block of B,
// k_block rows high, is packed into panels as wide as the tile; then blocks of A, m_block rows high, are packed by
// whichever worker takes them and multiplied by all panels, a tile at a time. A keeps its rows (a broadcast reads from
// anywhere), so that packing a row-major A copies rows and transposes nothing.
//
// Every element of C is summed in the same order, whatever the number of workers.

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "lanewise/data/workspace.hpp"
#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/gemm_kernels.hpp"
#include "lanewise/kernels/detail/gemm_tile.hpp"
#include "lanewise/loops/parallelize.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_GEMM_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_GEMM_HPP
#undef LANEWISE_KERNELS_DETAIL_GEMM_HPP
#else
#define LANEWISE_KERNELS_DETAIL_GEMM_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

struct gemm_packed_a;  // names of workspaces
struct gemm_packed_b;

/// Copies the m x n block `from` to `to`, rows `to_stride` apart, columns next to each other.
template <class T>
void gather_rows(std::size_t m, std::size_t n, detail::strided_block<const T> from, T* to, std::size_t to_stride) {
  if (from.col_stride == 1) {
    for (std::size_t i = 0; i < m; ++i) {
      std::memcpy(to + i * to_stride, from.at(i, 0).data, n * sizeof(T));
    }
    return;
  }
  // A cache line of the source serves as many rows or columns as it has elements: squares keep it while they last.
  constexpr std::size_t square = 64 / sizeof(T);
  for (std::size_t i0 = 0; i0 < m; i0 += square) {
    const std::size_t i1 = std::min(m, i0 + square);
    for (std::size_t j0 = 0; j0 < n; j0 += square) {
      const std::size_t j1 = std::min(n, j0 + square);
      for (std::size_t i = i0; i < i1; ++i) {
        for (std::size_t j = j0; j < j1; ++j) to[i * to_stride + j] = *from.at(i, j).data;
      }
    }
  }
}

/// Packs k rows of n columns of B into panels as wide as the tile, each k rows high; columns from n on are 0.
template <class T>
void pack_b(std::size_t k, std::size_t n, detail::strided_block<const T> b, T* to) {
  constexpr std::size_t width = gemm_shape<T>::cols;
  using row = simd<T, width>;
  const std::size_t whole = n / width;
  if (b.col_stride == 1) {
    for (std::size_t p = 0; p < k; ++p) {
      const T* const from = b.at(p, 0).data;
      for (std::size_t panel = 0; panel < whole; ++panel) {
        row::load(from + panel * width).store_aligned(to + (panel * k + p) * width);
      }
    }
  } else {
    for (std::size_t panel = 0; panel < whole; ++panel) {
      gather_rows(k, width, b.at(0, panel * width), to + panel * k * width, width);
    }
  }
  if (whole * width < n) {
    T* const last = to + whole * k * width;
    for (std::size_t p = 0; p < k; ++p) row(T(0)).store_aligned(last + p * width);
    gather_rows(k, n - whole * width, b.at(0, whole * width), last, width);
  }
}

/// One row of tiles: R rows of A by the n columns of one panel.
template <std::size_t R, class T>
void tile_rows(std::size_t k, std::size_t n, T alpha, const T* a, const T* b, T beta, detail::strided_block<T> c) {
  using shape = gemm_shape<T>;
  constexpr std::size_t narrow = native_width<T>;
  const auto tile = [&](T tile_beta, T* to, std::ptrdiff_t stride) LANEWISE_ATTR {
    if (n > narrow) {
      gemm_tile<R, shape::cols>(k, alpha, a, b, tile_beta, to, stride, n);
    } else {
      gemm_tile<R, narrow>(k, alpha, a, b, tile_beta, to, stride, n);
    }
  };
  if (c.col_stride == 1) {
    tile(beta, c.data, c.row_stride);
    return;
  }
  alignas(64) T product[R * shape::cols];
  tile(T(0), product, shape::cols);
  for (std::size_t i = 0; i < R; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      T& out = *c.at(i, j).data;
      out = product[i * shape::cols + j] + (beta == T(0) ? T(0) : beta * out);
    }
  }
}

/// Multiplies m packed rows of A by one panel of B: tiles of R rows while they last, then of fewer.
template <std::size_t R, class T>
LANEWISE_TARGET_INLINE void panel_times_rows(std::size_t m, std::size_t k, std::size_t n, T alpha, const T* a,
                                             const T* b, T beta, detail::strided_block<T> c) {
  std::size_t i = 0;
  for (; m - i >= R; i += R) {
    tile_rows<R>(k, n, alpha, a + i * gemm_shape<T>::a_stride, b, beta, c.at(i, 0));
  }
  if constexpr (R > 1) {
    if (i < m) {
      constexpr std::size_t fewer = R > 8 ? 8 : R > 4 ? 4 : R > 2 ? 2 : 1;
      panel_times_rows<fewer>(m - i, k, n, alpha, a + i * gemm_shape<T>::a_stride, b, beta, c.at(i, 0));
    }
  }
}

/// The size of pieces of at most `most` that divides n evenly, rounded up to a multiple of `unit`.
constexpr std::size_t even_piece(std::size_t n, std::size_t most, std::size_t unit) {
  const std::size_t pieces = (n - 1) / most + 1;
  const std::size_t even = (n - 1) / pieces + 1;
  return (even + unit - 1) / unit * unit;
}

template <class T>
void scale(std::size_t m, std::size_t n, T beta, detail::strided_block<T> c) {
  if (beta == T(1)) return;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      T& out = *c.at(i, j).data;
      out = beta == T(0) ? T(0) : beta * out;
    }
  }
}

template <gemm_element T>
void gemm(std::size_t m, std::size_t n, std::size_t k, T alpha, detail::strided_block<const T> a,
          detail::strided_block<const T> b, T beta, detail::strided_block<T> c, executor_ref executor) {
  using shape = gemm_shape<T>;
  if (m == 0 || n == 0) return;
  if (k == 0 || alpha == T(0)) return scale(m, n, beta, c);
  if (c.col_stride != 1 && c.row_stride == 1) {  // C' = B' A', so that rows of C are contiguous
    return gemm(n, m, k, alpha, b.transposed(), a.transposed(), beta, c.transposed(), executor);
  }

  // Below about 10 microseconds of work a second worker costs more than it brings.
  constexpr double worth_sharing = 1e6;
  const bool share = double(m) * double(n) * double(k) > worth_sharing;
  const executor_ref workers = share ? executor : executor_ref(serial);
  const std::size_t sharers = workers.workers();

  const std::size_t k_block = even_piece(k, shape::k_block, 1);
  const std::size_t n_block = std::min(shape::n_block, (n + shape::cols - 1) / shape::cols * shape::cols);
  const std::size_t m_block = even_piece(m, std::min(shape::m_block, (m - 1) / sharers + 1), shape::rows);
  const std::size_t row_blocks = (m - 1) / m_block + 1;

  T* const packed_b = detail::workspace<gemm_packed_b, T>(k_block * n_block);
  for (std::size_t j0 = 0; j0 < n; j0 += n_block) {
    const std::size_t cols = std::min(n_block, n - j0);
    const std::size_t panels = (cols - 1) / shape::cols + 1;
    const std::size_t col_groups = std::min(panels, (sharers - 1) / row_blocks + 1);
    for (std::size_t p0 = 0; p0 < k; p0 += k_block) {
      const std::size_t depth = std::min(k_block, k - p0);
      const T old_c = p0 == 0 ? beta : T(1);
      constexpr std::size_t swath = 4 * shape::cols;  // packed at a time: longer runs of a row of B than one panel has
      parallelize((cols - 1) / swath + 1,
                  [&](std::size_t s) {
                    const std::size_t j = s * swath;
                    pack_b(depth, std::min(swath, cols - j), b.at(p0, j0 + j), packed_b + j * depth);
                  },
                  workers);
      parallelize(
          row_blocks * col_groups,
          [&](std::size_t task) {
            const std::size_t i0 = task / col_groups * m_block;
            const std::size_t rows = std::min(m_block, m - i0);
            T* const packed_a = detail::workspace<gemm_packed_a, T>(m_block * shape::a_stride);
            gather_rows(rows, depth, a.at(i0, p0), packed_a, shape::a_stride);
            const std::size_t group = task % col_groups;
            for (std::size_t panel = panels * group / col_groups; panel < panels * (group + 1) / col_groups; ++panel) {
              const std::size_t j = panel * shape::cols;
              panel_times_rows<shape::rows>(rows, depth, std::min(shape::cols, cols - j), alpha, packed_a,
                                            packed_b + j * depth, old_c, c.at(i0, j0 + j));
            }
          },
          workers);
    }
  }
}

/// This target's products.
template <gemm_element T>
constexpr detail::gemm_kernels<T> target_kernels(const detail::gemm_kernels<T>*, this_target*) {
  return {.gemm = &gemm<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_GEMM_HPP
