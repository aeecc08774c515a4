// SPDX-License-Identifier: MIT
// Highway's settings, and the check that the vectors are as wide as the compiler's flags promise.
//
// No include guard: in a file that is compiled for several targets, each pass reads it, and Highway, anew.

#include "lanewise/config/flag_trap.hpp"
#include "lanewise/config/macros.hpp"

#include <hwy/highway.h>  // IWYU pragma: export

#if HWY_VERSION_LT(1, 2)
#error "lanewise needs Highway 1.2.0 or newer"
#endif

#if HWY_HAVE_SCALABLE || HWY_TARGET == HWY_SCALAR
#error \
    "lanewise: Highway's target for these flags has no fixed-size vectors (SVE, RVV) or none at all; choose NEON by -DHWY_DISABLED_TARGETS=HWY_ALL_SVE, or the emulated target by -DHWY_COMPILE_ONLY_EMU128"
#endif

#if !defined(HWY_TARGET_INCLUDE)
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && \
    defined(__AVX512CD__) && HWY_MAX_BYTES < 64 && !defined(LANEWISE_ALLOW_NARROW)
#error \
    "lanewise: the flags have AVX-512, but Highway chose narrower vectors; see HWY_DISABLED_TARGETS, or define \
LANEWISE_ALLOW_NARROW if that is meant"
#elif defined(__AVX2__) && HWY_MAX_BYTES < 32 && !defined(LANEWISE_ALLOW_NARROW)
#error \
    "lanewise: the flags have AVX2, but Highway chose narrower vectors; it also wants FMA, BMI2 and F16C: add -mfma \
-mbmi2 -mbmi -mf16c or use -march=x86-64-v3, see HWY_DISABLED_TARGETS, or define LANEWISE_ALLOW_NARROW if that is meant"
#endif
#endif

#ifndef LANEWISE_ATTR
/// How many vector registers the target has, for kernels that choose how much to keep in them. To be read where it is
/// used: HWY_TARGET changes from pass to pass.
#if HWY_ARCH_X86
#define LANEWISE_VECTOR_REGISTERS (HWY_TARGET <= HWY_AVX3 ? 32 : 16)
#elif HWY_ARCH_WASM || HWY_ARCH_ARM_V7
#define LANEWISE_VECTOR_REGISTERS 16
#else
#define LANEWISE_VECTOR_REGISTERS 32
#endif

/// Whether the target's own instructions convert f16. Where they do not, Highway's widening is wrong for infinities and
/// NaN (1.2.0). To be read where it is used, too.
#if HWY_ARCH_X86
#define LANEWISE_CONVERTS_FLOAT16 (HWY_TARGET <= HWY_AVX2)
#elif HWY_ARCH_ARM_A64
#define LANEWISE_CONVERTS_FLOAT16 (HWY_TARGET != HWY_EMU128)
#else
#define LANEWISE_CONVERTS_FLOAT16 0
#endif

/// What an asm statement calls a vector register.
#if HWY_ARCH_X86
#define LANEWISE_VECTOR_CONSTRAINT "+v"
#elif HWY_ARCH_ARM
#define LANEWISE_VECTOR_CONSTRAINT "+w"
#else
#define LANEWISE_VECTOR_CONSTRAINT "+m"
#endif

/// Attribute of every lambda and function that handles vectors in a file compiled for several targets: lambdas do not
/// inherit the region that LANEWISE_BEGIN_TARGET opens. Empty effect in a single-target build.
#define LANEWISE_ATTR HWY_ATTR

/// The same for the library's own small lambdas: vectors must not travel through a call.
#define LANEWISE_ATTR_INLINE HWY_ATTR __attribute__((always_inline))

/// Declares a per-target function that is inlined into its callers, so that vectors stay in registers.
#define LANEWISE_TARGET_INLINE inline __attribute__((always_inline))

/// Opens and closes the namespace of one target, and the region in which the compiler may use its instructions. In a
/// build for one target the namespace is inline, so that users write `lanewise::simd`; in a file that is compiled for
/// several, `lanewise::simd` would name the wrong target's type, so that there it must be `lanewise::HWY_NAMESPACE`.
/// Highway's pragma stands last: g++ 14 drops what follows `_Pragma("GCC target ...")` in the same macro.
#ifdef HWY_TARGET_INCLUDE
#define LANEWISE_INLINE_IF_SINGLE_TARGET
#else
#define LANEWISE_INLINE_IF_SINGLE_TARGET inline
#endif
#define LANEWISE_BEGIN_TARGET                                  \
  namespace lanewise {                                         \
  LANEWISE_INLINE_IF_SINGLE_TARGET namespace HWY_NAMESPACE {   \
    inline namespace LANEWISE_NAME_WITH_FLAGS(target_flags_) { \
    HWY_BEFORE_NAMESPACE();
#define LANEWISE_END_TARGET \
  }                         \
  }                         \
  }                         \
  HWY_AFTER_NAMESPACE();
#endif  // LANEWISE_ATTR
