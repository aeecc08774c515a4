// SPDX-License-Identifier: MIT
// Compiled once with -march=x86-64-v3 and once with -march=x86-64-v4; LANEWISE_BENCH_LEVEL is v3 or v4.

#include "math_static.hpp"

// g++ 12 takes what its own AVX-512 intrinsics leave undefined on purpose for an oversight.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

#include <immintrin.h>

#include <lanewise/config/highway.hpp>  // Highway, for the level's own instructions

#include <hwy/contrib/math/math-inl.h>
#include <xsimd/xsimd.hpp>

#ifdef LANEWISE_BENCH_SLEEF
#include <sleef.h>
#endif

namespace bench::LANEWISE_BENCH_LEVEL {
namespace {

#ifdef __AVX512F__
using vector_f32 = __m512;
using vector_f64 = __m512d;
[[maybe_unused]] vector_f32 load(const float* p) { return _mm512_loadu_ps(p); }
[[maybe_unused]] vector_f64 load(const double* p) { return _mm512_loadu_pd(p); }
[[maybe_unused]] void store(float* p, vector_f32 x) { _mm512_storeu_ps(p, x); }
[[maybe_unused]] void store(double* p, vector_f64 x) { _mm512_storeu_pd(p, x); }
#define SLEEF_F32(f, ulp) Sleef_##f##f16_##ulp##avx512f
#define SLEEF_F64(f, ulp) Sleef_##f##d8_##ulp##avx512f
#define LIBMVEC_F32(arguments, name) _ZGVeN16##arguments##_##name##f
#define LIBMVEC_F64(arguments, name) _ZGVeN8##arguments##_##name
#else
using vector_f32 = __m256;
using vector_f64 = __m256d;
[[maybe_unused]] vector_f32 load(const float* p) { return _mm256_loadu_ps(p); }
[[maybe_unused]] vector_f64 load(const double* p) { return _mm256_loadu_pd(p); }
[[maybe_unused]] void store(float* p, vector_f32 x) { _mm256_storeu_ps(p, x); }
[[maybe_unused]] void store(double* p, vector_f64 x) { _mm256_storeu_pd(p, x); }
#define SLEEF_F32(f, ulp) Sleef_##f##f8_##ulp##avx2
#define SLEEF_F64(f, ulp) Sleef_##f##d4_##ulp##avx2
#define LIBMVEC_F32(arguments, name) _ZGVdN8##arguments##_##name##f
#define LIBMVEC_F64(arguments, name) _ZGVdN4##arguments##_##name
#endif

template <class F, class T>
void registers(const T* x, const T* y, T* z, std::size_t n) {
  constexpr std::size_t lanes = sizeof(load(x)) / sizeof(T);
  for (std::size_t i = 0; i < n; i += lanes) {
    if constexpr (requires { F()(load(x)); }) {
      store(z + i, F()(load(x + i)));
    } else {
      store(z + i, F()(load(x + i), load(y + i)));
    }
  }
}

template <int arguments, class F, class T>
void xsimd_batches(const T* x, const T* y, T* z, std::size_t n) {
  using v = xsimd::batch<T>;
  for (std::size_t i = 0; i < n; i += v::size) {
    if constexpr (arguments == 1) {
      F()(v::load_unaligned(x + i)).store_unaligned(z + i);
    } else {
      F()(v::load_unaligned(x + i), v::load_unaligned(y + i)).store_unaligned(z + i);
    }
  }
}

namespace hn = hwy::HWY_NAMESPACE;

template <int arguments, class F, class T>
void highway_vectors(const T* x, const T* y, T* z, std::size_t n) {
  const hn::ScalableTag<T> d;
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    if constexpr (arguments == 1) {
      hn::StoreU(F()(d, hn::LoadU(d, x + i)), d, z + i);
    } else {
      hn::StoreU(F()(d, hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, z + i);
    }
  }
}

#ifdef LANEWISE_BENCH_LIBMVEC
// glibc's vector functions, which g++ -Ofast calls; declared by hand, so that any compiler can call them.
#define DECLARE1(f)                                   \
  vector_f32 LIBMVEC_F32(v, f)(vector_f32);           \
  vector_f64 LIBMVEC_F64(v, f)(vector_f64);
#define DECLARE2(f)                                       \
  vector_f32 LIBMVEC_F32(vv, f)(vector_f32, vector_f32);  \
  vector_f64 LIBMVEC_F64(vv, f)(vector_f64, vector_f64);
#define LIBMVEC_ONE(apply)                                                                                         \
  apply(exp) apply(exp2) apply(exp10) apply(expm1) apply(log) apply(log2) apply(log10) apply(log1p) apply(cbrt)    \
  apply(sin) apply(cos) apply(tan) apply(asin) apply(acos) apply(atan) apply(sinh) apply(cosh) apply(tanh)         \
  apply(asinh) apply(acosh) apply(atanh) apply(erf) apply(erfc)
#define LIBMVEC_TWO(apply) apply(pow) apply(hypot) apply(atan2)
extern "C" {
LIBMVEC_ONE(DECLARE1)
LIBMVEC_TWO(DECLARE2)
}
#endif

/// The registers of both element types as one overloaded function.
#define REGISTERS1(f32, f64)                                  \
  struct one {                                                \
    vector_f32 operator()(vector_f32 x) const { return f32; } \
    vector_f64 operator()(vector_f64 x) const { return f64; } \
  }
#define REGISTERS2(f32, f64)                                                \
  struct two {                                                              \
    vector_f32 operator()(vector_f32 x, vector_f32 y) const { return f32; } \
    vector_f64 operator()(vector_f64 x, vector_f64 y) const { return f64; } \
  }

void add_sleef([[maybe_unused]] std::vector<math_peer>& all) {
#ifdef LANEWISE_BENCH_SLEEF
#define ONE(f, ulp)                                                      \
  {                                                                      \
    REGISTERS1(SLEEF_F32(f, ulp)(x), SLEEF_F64(f, ulp)(x));              \
    all.push_back({#f, "SLEEF " #ulp, registers<one>, registers<one>});  \
  }
#define TWO(f, ulp)                                                      \
  {                                                                      \
    REGISTERS2(SLEEF_F32(f, ulp)(x, y), SLEEF_F64(f, ulp)(x, y));        \
    all.push_back({#f, "SLEEF " #ulp, registers<two>, registers<two>});  \
  }
  ONE(exp, u10) ONE(exp2, u10) ONE(exp2, u35) ONE(exp10, u10) ONE(exp10, u35) ONE(expm1, u10)
  ONE(log, u10) ONE(log, u35) ONE(log2, u10) ONE(log2, u35) ONE(log10, u10) ONE(log1p, u10)
  ONE(sqrt, u05) ONE(sqrt, u35) ONE(cbrt, u10) ONE(cbrt, u35)
  ONE(sin, u10) ONE(sin, u35) ONE(cos, u10) ONE(cos, u35) ONE(tan, u10) ONE(tan, u35) ONE(sinpi, u05) ONE(cospi, u05)
  ONE(asin, u10) ONE(asin, u35) ONE(acos, u10) ONE(acos, u35) ONE(atan, u10) ONE(atan, u35)
  ONE(sinh, u10) ONE(sinh, u35) ONE(cosh, u10) ONE(cosh, u35) ONE(tanh, u10) ONE(tanh, u35)
  ONE(asinh, u10) ONE(acosh, u10) ONE(atanh, u10)
  ONE(erf, u10) ONE(erfc, u15) ONE(tgamma, u10) ONE(lgamma, u10)
  TWO(pow, u10) TWO(hypot, u05) TWO(hypot, u35) TWO(atan2, u10) TWO(atan2, u35)
#undef ONE
#undef TWO
#endif
}

void add_libmvec([[maybe_unused]] std::vector<math_peer>& all) {
#ifdef LANEWISE_BENCH_LIBMVEC
#define ONE(f)                                                       \
  {                                                                  \
    REGISTERS1(LIBMVEC_F32(v, f)(x), LIBMVEC_F64(v, f)(x));          \
    all.push_back({#f, "libmvec", registers<one>, registers<one>});  \
  }
#define TWO(f)                                                       \
  {                                                                  \
    REGISTERS2(LIBMVEC_F32(vv, f)(x, y), LIBMVEC_F64(vv, f)(x, y));  \
    all.push_back({#f, "libmvec", registers<two>, registers<two>});  \
  }
  LIBMVEC_ONE(ONE)
  LIBMVEC_TWO(TWO)
#undef ONE
#undef TWO
#endif
}

template <int arguments, class F>
math_peer xsimd_peer(const char* function, F) {
  return {function, "xsimd", xsimd_batches<arguments, F, float>, xsimd_batches<arguments, F, double>};
}

void add_xsimd(std::vector<math_peer>& all) {
#define ONE_AS(name, expression) all.push_back(xsimd_peer<1>(name, [](auto x) { return expression; }));
#define ONE(name) ONE_AS(#name, xsimd::name(x))
#define TWO(name) all.push_back(xsimd_peer<2>(#name, [](auto x, auto y) { return xsimd::name(x, y); }));
  ONE(exp) ONE(exp2) ONE(exp10) ONE(expm1) ONE(log) ONE(log2) ONE(log10) ONE(log1p) ONE(sqrt) ONE(cbrt)
  ONE(sin) ONE(cos) ONE(tan) ONE(asin) ONE(acos) ONE(atan) ONE(sinh) ONE(cosh) ONE(tanh) ONE(asinh) ONE(acosh)
  ONE(atanh) ONE(erf) ONE(erfc) ONE(tgamma) ONE(lgamma)
  TWO(pow) TWO(hypot) TWO(atan2) TWO(fmod)
  ONE_AS("sigmoid", decltype(x)(1) / (decltype(x)(1) + xsimd::exp(-x)))
  ONE_AS("silu", x / (decltype(x)(1) + xsimd::exp(-x)))
  ONE_AS("gelu", x * xsimd::erfc(x * static_cast<typename decltype(x)::value_type>(-0.70710678118654752440)) * static_cast<typename decltype(x)::value_type>(0.5))
  ONE_AS("softplus", xsimd::max(x, decltype(x)(0)) + xsimd::log1p(xsimd::exp(-xsimd::abs(x))))
#undef ONE
#undef ONE_AS
#undef TWO
}

template <int arguments, class F>
math_peer highway_peer(const char* function, F) {
  return {function, "Highway", highway_vectors<arguments, F, float>, highway_vectors<arguments, F, double>};
}

void add_highway(std::vector<math_peer>& all) {
#define ONE_AS(name, expression) all.push_back(highway_peer<1>(name, [](auto d, auto x) { return expression; }));
#define ONE(name, theirs) ONE_AS(name, hn::theirs(d, x))
#define TWO(name, theirs) \
  all.push_back(highway_peer<2>(name, [](auto d, auto x, auto y) { return hn::theirs(d, x, y); }));
  ONE("exp", Exp) ONE("exp2", Exp2) ONE("expm1", Expm1) ONE("log", Log) ONE("log2", Log2) ONE("log10", Log10)
  ONE("log1p", Log1p) ONE("sin", Sin) ONE("cos", Cos) ONE("asin", Asin) ONE("acos", Acos) ONE("atan", Atan)
  ONE("sinh", Sinh) ONE("tanh", Tanh) ONE("asinh", Asinh) ONE("acosh", Acosh) ONE("atanh", Atanh)
  TWO("atan2", Atan2) TWO("hypot", Hypot)
  all.push_back(highway_peer<1>("sqrt", [](auto, auto x) { return hn::Sqrt(x); }));
  ONE_AS("sigmoid", hn::Div(hn::Set(d, 1), hn::Add(hn::Set(d, 1), hn::Exp(d, hn::Neg(x)))))
  ONE_AS("silu", hn::Div(x, hn::Add(hn::Set(d, 1), hn::Exp(d, hn::Neg(x)))))
#undef ONE
#undef ONE_AS
#undef TWO
}

}  // namespace

std::vector<math_peer> math() {
  std::vector<math_peer> all;
  add_sleef(all);
  add_libmvec(all);
  add_xsimd(all);
  add_highway(all);
  return all;
}

}  // namespace bench::LANEWISE_BENCH_LEVEL
