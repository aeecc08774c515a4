// SPDX-License-Identifier: MIT
// Compiled once with -march=x86-64-v3 and once with -march=x86-64-v4; LANEWISE_BENCH_LEVEL is v3 or v4.

#include <lanewise/kernels/extrema.hpp>
#include <lanewise/kernels/reduce.hpp>

#include <algorithm>
#include <span>

#include <immintrin.h>

#include <xsimd/xsimd.hpp>

#include "reduce_static.hpp"

namespace bench::LANEWISE_BENCH_LEVEL {
namespace {

// The intrinsics of one element type: what a hand-written loop is made of.
template <class T>
struct intrinsics;

#ifdef __AVX512F__

template <>
struct intrinsics<float> {
  using vector = __m512;
  using total = __m512;
  static constexpr std::size_t lanes = 16;
  static vector load(const float* p) { return _mm512_loadu_ps(p); }
  static vector load_first(const float* p, std::size_t n) { return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1), p); }
  static total zero() { return _mm512_setzero_ps(); }
  static total add(total a, vector x) { return _mm512_add_ps(a, x); }
  static total add_product(total a, vector x, vector y) { return _mm512_fmadd_ps(x, y, a); }
  static total merge(total a, total b) { return _mm512_add_ps(a, b); }
  static float sum(total a) { return _mm512_reduce_add_ps(a); }
  static vector min(vector a, vector b) { return _mm512_min_ps(a, b); }
  static float least(vector a) { return _mm512_reduce_min_ps(a); }
};

template <>
struct intrinsics<double> {
  using vector = __m512d;
  using total = __m512d;
  static constexpr std::size_t lanes = 8;
  static vector load(const double* p) { return _mm512_loadu_pd(p); }
  static vector load_first(const double* p, std::size_t n) { return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1), p); }
  static total zero() { return _mm512_setzero_pd(); }
  static total add(total a, vector x) { return _mm512_add_pd(a, x); }
  static total add_product(total a, vector x, vector y) { return _mm512_fmadd_pd(x, y, a); }
  static total merge(total a, total b) { return _mm512_add_pd(a, b); }
  static double sum(total a) { return _mm512_reduce_add_pd(a); }
  static vector min(vector a, vector b) { return _mm512_min_pd(a, b); }
  static double least(vector a) { return _mm512_reduce_min_pd(a); }
};

template <>
struct intrinsics<std::int32_t> {
  using vector = __m512i;
  using total = __m512i;  // 64-bit lanes
  static constexpr std::size_t lanes = 16;
  static vector load(const std::int32_t* p) { return _mm512_loadu_si512(p); }
  static vector load_first(const std::int32_t* p, std::size_t n) { return _mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << n) - 1), p); }
  static total zero() { return _mm512_setzero_si512(); }
  static total add(total a, vector x) {
    a = _mm512_add_epi64(a, _mm512_cvtepi32_epi64(_mm512_castsi512_si256(x)));
    return _mm512_add_epi64(a, _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(x, 1)));
  }
  static total add_product(total a, vector x, vector y) {  // even lanes, then odd lanes
    a = _mm512_add_epi64(a, _mm512_mul_epi32(x, y));
    return _mm512_add_epi64(a, _mm512_mul_epi32(_mm512_srli_epi64(x, 32), _mm512_srli_epi64(y, 32)));
  }
  static total merge(total a, total b) { return _mm512_add_epi64(a, b); }
  static std::int64_t sum(total a) { return _mm512_reduce_add_epi64(a); }
  static vector min(vector a, vector b) { return _mm512_min_epi32(a, b); }
  static std::int32_t least(vector a) { return _mm512_reduce_min_epi32(a); }
};

template <>
struct intrinsics<std::uint8_t> {
  using vector = __m512i;
  using total = __m512i;
  static constexpr std::size_t lanes = 64;
  static vector load(const std::uint8_t* p) { return _mm512_loadu_si512(p); }
  static vector load_first(const std::uint8_t* p, std::size_t n) { return _mm512_maskz_loadu_epi8((1ull << n) - 1, p); }
  static total zero() { return _mm512_setzero_si512(); }
  static total add(total a, vector x) { return _mm512_add_epi64(a, _mm512_sad_epu8(x, _mm512_setzero_si512())); }
  static total add_product(total a, vector x, vector y) {  // 32-bit lanes
    const auto half = [](__m256i v) { return _mm512_cvtepu8_epi16(v); };
    a = _mm512_add_epi32(a, _mm512_madd_epi16(half(_mm512_castsi512_si256(x)), half(_mm512_castsi512_si256(y))));
    return _mm512_add_epi32(
        a, _mm512_madd_epi16(half(_mm512_extracti64x4_epi64(x, 1)), half(_mm512_extracti64x4_epi64(y, 1))));
  }
  static total merge(total a, total b) { return _mm512_add_epi64(a, b); }
  static std::uint64_t sum(total a) { return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(a)); }
  static vector min(vector a, vector b) { return _mm512_min_epu8(a, b); }
  static std::uint8_t least(vector a) {
    const __m256i half = _mm256_min_epu8(_mm512_castsi512_si256(a), _mm512_extracti64x4_epi64(a, 1));
    const __m128i x = _mm_min_epu8(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
    const __m128i y = _mm_min_epu8(x, _mm_srli_epi16(x, 8));
    return static_cast<std::uint8_t>(_mm_extract_epi16(_mm_minpos_epu16(_mm_and_si128(y, _mm_set1_epi16(255))), 0));
  }
};

#else

template <>
struct intrinsics<float> {
  using vector = __m256;
  using total = __m256;
  static constexpr std::size_t lanes = 8;
  static vector load(const float* p) { return _mm256_loadu_ps(p); }
  static total zero() { return _mm256_setzero_ps(); }
  static total add(total a, vector x) { return _mm256_add_ps(a, x); }
  static total add_product(total a, vector x, vector y) { return _mm256_fmadd_ps(x, y, a); }
  static total merge(total a, total b) { return _mm256_add_ps(a, b); }
  static float sum(total a) {
    __m128 x = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)));
  }
  static vector min(vector a, vector b) { return _mm256_min_ps(a, b); }
  static float least(vector a) {
    __m128 x = _mm_min_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    x = _mm_min_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_min_ss(x, _mm_movehdup_ps(x)));
  }
};

template <>
struct intrinsics<double> {
  using vector = __m256d;
  using total = __m256d;
  static constexpr std::size_t lanes = 4;
  static vector load(const double* p) { return _mm256_loadu_pd(p); }
  static total zero() { return _mm256_setzero_pd(); }
  static total add(total a, vector x) { return _mm256_add_pd(a, x); }
  static total add_product(total a, vector x, vector y) { return _mm256_fmadd_pd(x, y, a); }
  static total merge(total a, total b) { return _mm256_add_pd(a, b); }
  static double sum(total a) {
    const __m128d x = _mm_add_pd(_mm256_castpd256_pd128(a), _mm256_extractf128_pd(a, 1));
    return _mm_cvtsd_f64(_mm_add_sd(x, _mm_unpackhi_pd(x, x)));
  }
  static vector min(vector a, vector b) { return _mm256_min_pd(a, b); }
  static double least(vector a) {
    const __m128d x = _mm_min_pd(_mm256_castpd256_pd128(a), _mm256_extractf128_pd(a, 1));
    return _mm_cvtsd_f64(_mm_min_sd(x, _mm_unpackhi_pd(x, x)));
  }
};

inline __m256i load_256(const void* p) { return _mm256_loadu_si256(static_cast<const __m256i*>(p)); }
inline std::int64_t sum_64(__m256i a) {
  const __m128i x = _mm_add_epi64(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
  return _mm_cvtsi128_si64(_mm_add_epi64(x, _mm_unpackhi_epi64(x, x)));
}

template <>
struct intrinsics<std::int32_t> {
  using vector = __m256i;
  using total = __m256i;  // 64-bit lanes
  static constexpr std::size_t lanes = 8;
  static vector load(const std::int32_t* p) { return load_256(p); }
  static total zero() { return _mm256_setzero_si256(); }
  static total add(total a, vector x) {
    a = _mm256_add_epi64(a, _mm256_cvtepi32_epi64(_mm256_castsi256_si128(x)));
    return _mm256_add_epi64(a, _mm256_cvtepi32_epi64(_mm256_extracti128_si256(x, 1)));
  }
  static total add_product(total a, vector x, vector y) {
    a = _mm256_add_epi64(a, _mm256_mul_epi32(x, y));
    return _mm256_add_epi64(a, _mm256_mul_epi32(_mm256_srli_epi64(x, 32), _mm256_srli_epi64(y, 32)));
  }
  static total merge(total a, total b) { return _mm256_add_epi64(a, b); }
  static std::int64_t sum(total a) { return sum_64(a); }
  static vector min(vector a, vector b) { return _mm256_min_epi32(a, b); }
  static std::int32_t least(vector a) {
    __m128i x = _mm_min_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
    x = _mm_min_epi32(x, _mm_shuffle_epi32(x, 0x4e));
    return _mm_cvtsi128_si32(_mm_min_epi32(x, _mm_shuffle_epi32(x, 0xb1)));
  }
};

template <>
struct intrinsics<std::uint8_t> {
  using vector = __m256i;
  using total = __m256i;
  static constexpr std::size_t lanes = 32;
  static vector load(const std::uint8_t* p) { return load_256(p); }
  static total zero() { return _mm256_setzero_si256(); }
  static total add(total a, vector x) { return _mm256_add_epi64(a, _mm256_sad_epu8(x, _mm256_setzero_si256())); }
  static total add_product(total a, vector x, vector y) {  // 32-bit lanes
    const auto half = [](__m128i v) { return _mm256_cvtepu8_epi16(v); };
    a = _mm256_add_epi32(a, _mm256_madd_epi16(half(_mm256_castsi256_si128(x)), half(_mm256_castsi256_si128(y))));
    return _mm256_add_epi32(
        a, _mm256_madd_epi16(half(_mm256_extracti128_si256(x, 1)), half(_mm256_extracti128_si256(y, 1))));
  }
  static total merge(total a, total b) { return _mm256_add_epi64(a, b); }
  static std::uint64_t sum(total a) { return static_cast<std::uint64_t>(sum_64(a)); }
  static vector min(vector a, vector b) { return _mm256_min_epu8(a, b); }
  static std::uint8_t least(vector a) {
    const __m128i x = _mm_min_epu8(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
    const __m128i y = _mm_min_epu8(x, _mm_srli_epi16(x, 8));
    return static_cast<std::uint8_t>(_mm_extract_epi16(_mm_minpos_epu16(_mm_and_si128(y, _mm_set1_epi16(255))), 0));
  }
};

#endif

// The loops. Accumulators are named by the compiler: `#pragma GCC unroll` takes the array apart.
template <class T, int accumulators>
struct loops {
  using op = intrinsics<T>;
  static constexpr std::size_t step = op::lanes * accumulators;

  template <class Vector, class Merge>
  static Vector merged(Vector (&acc)[accumulators], Merge merge) {
#pragma GCC unroll 4
    for (int half = accumulators / 2; half > 0; half /= 2) {
#pragma GCC unroll 8
      for (int i = 0; i < half; ++i) acc[i] = merge(acc[i], acc[i + half]);
    }
    return acc[0];
  }

  static lanewise::accumulator_t<T> sum(const T* x, std::size_t n) {
    typename op::total acc[accumulators];
#pragma GCC unroll 8
    for (int j = 0; j < accumulators; ++j) acc[j] = op::zero();
    std::size_t i = 0;
    for (; i + step <= n; i += step) {
#pragma GCC unroll 8
      for (int j = 0; j < accumulators; ++j) acc[j] = op::add(acc[j], op::load(x + i + static_cast<std::size_t>(j) * op::lanes));
    }
    for (; i + op::lanes <= n; i += op::lanes) acc[0] = op::add(acc[0], op::load(x + i));
    if constexpr (requires { op::load_first(x, n); }) {
      if (i < n) acc[1] = op::add(acc[1], op::load_first(x + i, n - i));
      i = n;
    }
    auto result = op::sum(merged(acc, op::merge));
    for (; i < n; ++i) result += static_cast<lanewise::accumulator_t<T>>(x[i]);
    return result;
  }

  static lanewise::accumulator_t<T> dot(const T* x, const T* y, std::size_t n) {
    if constexpr (sizeof(T) == 1) {  // the lanes have 32 bits
      constexpr std::size_t most = 1 << 16;
      lanewise::accumulator_t<T> total = 0;
      for (; n > most; n -= most, x += most, y += most) total += dot_part(x, y, most);
      return total + dot_part(x, y, n);
    } else {
      return dot_part(x, y, n);
    }
  }

  static lanewise::accumulator_t<T> dot_part(const T* x, const T* y, std::size_t n) {
    typename op::total acc[accumulators];
#pragma GCC unroll 8
    for (int j = 0; j < accumulators; ++j) acc[j] = op::zero();
    std::size_t i = 0;
    for (; i + step <= n; i += step) {
#pragma GCC unroll 8
      for (int j = 0; j < accumulators; ++j) {
        const std::size_t at = i + static_cast<std::size_t>(j) * op::lanes;
        acc[j] = op::add_product(acc[j], op::load(x + at), op::load(y + at));
      }
    }
    for (; i + op::lanes <= n; i += op::lanes) acc[0] = op::add_product(acc[0], op::load(x + i), op::load(y + i));
    if constexpr (requires { op::load_first(x, n); }) {
      if (i < n) acc[1] = op::add_product(acc[1], op::load_first(x + i, n - i), op::load_first(y + i, n - i));
      i = n;
    }
    lanewise::accumulator_t<T> result;
    if constexpr (sizeof(T) == 1) {
      const auto total = merged(acc, [](auto a, auto b) {
#ifdef __AVX512F__
        return _mm512_add_epi32(a, b);
#else
        return _mm256_add_epi32(a, b);
#endif
      });
      alignas(64) std::uint32_t lanes[sizeof(total) / 4];
      __builtin_memcpy(lanes, &total, sizeof(total));
      result = 0;
      for (const std::uint32_t lane : lanes) result += lane;
    } else {
      result = op::sum(merged(acc, op::merge));
    }
    using wide = lanewise::accumulator_t<T>;
    for (; i < n; ++i) result += static_cast<wide>(x[i]) * static_cast<wide>(y[i]);
    return result;
  }

  static T min(const T* x, std::size_t n) {
    std::size_t i = 0;
    if (n < step) return *std::min_element(x, x + n);
    typename op::vector acc[accumulators];
#pragma GCC unroll 8
    for (int j = 0; j < accumulators; ++j) acc[j] = op::load(x + static_cast<std::size_t>(j) * op::lanes);
    for (i = step; i + step <= n; i += step) {
#pragma GCC unroll 8
      for (int j = 0; j < accumulators; ++j) acc[j] = op::min(acc[j], op::load(x + i + static_cast<std::size_t>(j) * op::lanes));
    }
    for (; i + op::lanes <= n; i += op::lanes) acc[0] = op::min(acc[0], op::load(x + i));
    if (i < n) acc[1] = op::min(acc[1], op::load(x + n - op::lanes));
    return op::least(merged(acc, op::min));
  }

  static constexpr reductions<T> all{.sum = sum, .dot = dot, .min = min};
};

// xsimd, as its users write it, with 4 accumulators.
template <class T>
struct with_xsimd {
  using v = xsimd::batch<T>;
  static constexpr std::size_t lanes = v::size;

  template <class Term, class Scalar>
  static T sum_of(std::size_t n, Term term, Scalar scalar) {
    v a(T(0)), b(T(0)), c(T(0)), d(T(0));
    std::size_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
      a = term(i, a);
      b = term(i + lanes, b);
      c = term(i + 2 * lanes, c);
      d = term(i + 3 * lanes, d);
    }
    for (; i + lanes <= n; i += lanes) a = term(i, a);
    T result = xsimd::reduce_add((a + b) + (c + d));
    for (; i < n; ++i) result += scalar(i);
    return result;
  }
  static T sum(const T* x, std::size_t n) {
    return sum_of(
        n, [x](std::size_t i, v acc) { return acc + v::load_unaligned(x + i); }, [x](std::size_t i) { return x[i]; });
  }
  static T dot(const T* x, const T* y, std::size_t n) {
    return sum_of(
        n,
        [x, y](std::size_t i, v acc) { return xsimd::fma(v::load_unaligned(x + i), v::load_unaligned(y + i), acc); },
        [x, y](std::size_t i) { return x[i] * y[i]; });
  }
  static T min(const T* x, std::size_t n) {
    if (n < 4 * lanes) return *std::min_element(x, x + n);
    v a = v::load_unaligned(x), b = v::load_unaligned(x + lanes);
    v c = v::load_unaligned(x + 2 * lanes), d = v::load_unaligned(x + 3 * lanes);
    std::size_t i = 4 * lanes;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
      a = xsimd::min(a, v::load_unaligned(x + i));
      b = xsimd::min(b, v::load_unaligned(x + i + lanes));
      c = xsimd::min(c, v::load_unaligned(x + i + 2 * lanes));
      d = xsimd::min(d, v::load_unaligned(x + i + 3 * lanes));
    }
    T result = xsimd::reduce_min(xsimd::min(xsimd::min(a, b), xsimd::min(c, d)));
    for (; i < n; ++i) result = std::min(result, x[i]);
    return result;
  }

  // Its sums of integers would wrap in the element type.
  static constexpr reductions<T> all() {
    if constexpr (std::is_floating_point_v<T>) {
      return {.sum = sum, .dot = dot, .min = min};
    } else {
      return {.sum = nullptr, .dot = nullptr, .min = min};
    }
  }
};

template <class T>
constexpr level_reductions<T> level() {
  return {.lanewise = {.sum = [](const T* x, std::size_t n) { return lanewise::sum(std::span(x, n), lanewise::serial); },
                       .dot = [](const T* x, const T* y, std::size_t n) {
                         return lanewise::dot(std::span(x, n), std::span(y, n), lanewise::serial);
                       },
                       .min = [](const T* x, std::size_t n) { return lanewise::min(std::span(x, n), lanewise::serial); }},
          .intrinsics_4 = loops<T, 4>::all,
          .intrinsics_8 = loops<T, 8>::all,
          .xsimd = with_xsimd<T>::all()};
}

}  // namespace

const all_level_reductions& reduce() {
  static constexpr all_level_reductions all{level<float>(), level<double>(), level<std::int32_t>(),
                                            level<std::uint8_t>()};
  return all;
}

}  // namespace bench::LANEWISE_BENCH_LEVEL
