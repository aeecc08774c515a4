// SPDX-License-Identifier: MIT
// The micro-kernel of gemm: one tile of C held in registers while a run of k passes by.

#include <cstddef>

#include "lanewise/loops/static_for.hpp"
#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_GEMM_TILE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_GEMM_TILE_HPP
#undef LANEWISE_KERNELS_DETAIL_GEMM_TILE_HPP
#else
#define LANEWISE_KERNELS_DETAIL_GEMM_TILE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// Sizes of the register tile and of the packed blocks, in elements. Chosen by a sweep over tiles and blocks at n =
/// 448, 1024 and 1400, f32 and f64, AVX2 and AVX-512, on a Zen 5 core (2026-11).
template <class T>
struct gemm_shape {
  /// Rows and vectors of the tile: as many accumulators as leave room for one row of B and an element of A. Without
  /// fused multiply-add the products need registers too: with 6 or 4 rows g++ 12 spills (29 instead of 39 GFLOP/s, SSE4).
  static constexpr std::size_t rows = LANEWISE_VECTOR_REGISTERS == 32 ? 12 : HWY_NATIVE_FMA ? 6 : 3;
  static constexpr std::size_t vectors = 2;
  static constexpr std::size_t cols = vectors * native_width<T>;

  /// Steps of k between two visits to a tile of C: so many that the visit, which waits for memory, is a small part.
  static constexpr std::size_t k_block = 4096 / sizeof(T);
  /// Rows of A packed at a time: with k_block columns, less than half of a 1 MiB second-level cache.
  static constexpr std::size_t m_block = 96;
  static constexpr std::size_t n_block = 2048;

  /// Elements from one packed row of A to the next: a constant, so that rows are reached by constant offsets, and not
  /// a power of two, so that they do not meet in the same cache set.
  static constexpr std::size_t a_stride = k_block + 64 / sizeof(T);

  static_assert(m_block % rows == 0 && n_block % cols == 0);
};

/// C = alpha A B + beta C for a tile of C: R rows of `cols` columns, held in registers as R rows of `width` while p
/// runs from 0 to k - 1. A is read as a[i * a_stride + p], B as b[p * shape::cols + j], 64-byte aligned; columns from
/// `cols` on are computed and dropped. beta = 0 does not read C.
template <std::size_t R, std::size_t width, class T>
void gemm_tile(std::size_t k, T alpha, const T* a, const T* b, T beta, T* c, std::ptrdiff_t c_stride,
               std::size_t cols) {
  using shape = gemm_shape<T>;
  using row = simd<T, width>;
  row acc[R] = {};
  for (std::size_t p = 0; p < k; ++p) {
    const row b_row = row::load_aligned(b + p * shape::cols);
    static_for<R>([&]<std::size_t i>()
                      LANEWISE_ATTR_INLINE { acc[i] = fma(row(a[i * shape::a_stride + p]), b_row, acc[i]); });
  }
  static_for<R>([&]<std::size_t i>() LANEWISE_ATTR_INLINE {
    T* const out = c + static_cast<std::ptrdiff_t>(i) * c_stride;
    const row product = row(alpha) * acc[i];
    if (cols == width) {
      (beta == T(0) ? product : fma(row(beta), row::load(out), product)).store(out);
    } else {
      (beta == T(0) ? product : fma(row(beta), row::load_first(out, cols), product)).store_first(out, cols);
    }
  });
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_GEMM_TILE_HPP
