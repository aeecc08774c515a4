// SPDX-License-Identifier: MIT
#pragma once
// A name that differs whenever two objects may compile the same inline function to different machine code.
//
// The linker keeps one copy of an inline function. If one object was compiled with -mavx512f and another without, it
// may keep the copy that faults on the older CPU. All inline code of this library therefore lives in a namespace
// whose name LANEWISE_NAME_WITH_FLAGS gives: a prefix and one letter for each instruction set (and mode) that the
// compiler's command line switched on. Costs nothing to include.

#ifdef __SSE3__
#define LANEWISE_FLAG_a a
#else
#define LANEWISE_FLAG_a
#endif
#ifdef __SSSE3__
#define LANEWISE_FLAG_b b
#else
#define LANEWISE_FLAG_b
#endif
#ifdef __SSE4_1__
#define LANEWISE_FLAG_c c
#else
#define LANEWISE_FLAG_c
#endif
#ifdef __SSE4_2__
#define LANEWISE_FLAG_d d
#else
#define LANEWISE_FLAG_d
#endif
#ifdef __POPCNT__
#define LANEWISE_FLAG_e e
#else
#define LANEWISE_FLAG_e
#endif
#ifdef __AVX__
#define LANEWISE_FLAG_f f
#else
#define LANEWISE_FLAG_f
#endif
#ifdef __F16C__
#define LANEWISE_FLAG_g g
#else
#define LANEWISE_FLAG_g
#endif
#ifdef __FMA__
#define LANEWISE_FLAG_h h
#else
#define LANEWISE_FLAG_h
#endif
#ifdef __AVX2__
#define LANEWISE_FLAG_i i
#else
#define LANEWISE_FLAG_i
#endif
#ifdef __BMI__
#define LANEWISE_FLAG_j j
#else
#define LANEWISE_FLAG_j
#endif
#ifdef __BMI2__
#define LANEWISE_FLAG_k k
#else
#define LANEWISE_FLAG_k
#endif
#ifdef __LZCNT__
#define LANEWISE_FLAG_l l
#else
#define LANEWISE_FLAG_l
#endif
#ifdef __MOVBE__
#define LANEWISE_FLAG_m m
#else
#define LANEWISE_FLAG_m
#endif
#ifdef __AES__
#define LANEWISE_FLAG_n n
#else
#define LANEWISE_FLAG_n
#endif
#ifdef __PCLMUL__
#define LANEWISE_FLAG_o o
#else
#define LANEWISE_FLAG_o
#endif
#ifdef __GFNI__
#define LANEWISE_FLAG_p p
#else
#define LANEWISE_FLAG_p
#endif
#ifdef __VAES__
#define LANEWISE_FLAG_q q
#else
#define LANEWISE_FLAG_q
#endif
#ifdef __AVXVNNI__
#define LANEWISE_FLAG_r r
#else
#define LANEWISE_FLAG_r
#endif
#ifdef __AVX512F__
#define LANEWISE_FLAG_s s
#else
#define LANEWISE_FLAG_s
#endif
#ifdef __AVX512BW__
#define LANEWISE_FLAG_t t
#else
#define LANEWISE_FLAG_t
#endif
#ifdef __AVX512VBMI2__
#define LANEWISE_FLAG_u u
#else
#define LANEWISE_FLAG_u
#endif
#ifdef __AVX512VNNI__
#define LANEWISE_FLAG_v v
#else
#define LANEWISE_FLAG_v
#endif
#ifdef __AVX512BF16__
#define LANEWISE_FLAG_w w
#else
#define LANEWISE_FLAG_w
#endif
#ifdef __AVX512FP16__
#define LANEWISE_FLAG_x x
#else
#define LANEWISE_FLAG_x
#endif
#ifdef __ARM_FEATURE_DOTPROD
#define LANEWISE_FLAG_y y
#else
#define LANEWISE_FLAG_y
#endif
#ifdef __ARM_FEATURE_SVE
#define LANEWISE_FLAG_z z
#else
#define LANEWISE_FLAG_z
#endif
#ifdef __FAST_MATH__
#define LANEWISE_FLAG_A A
#else
#define LANEWISE_FLAG_A
#endif
#ifdef NDEBUG
#define LANEWISE_FLAG_B B
#else
#define LANEWISE_FLAG_B
#endif

#define LANEWISE_PASTE_8_(a, b, c, d, e, f, g, h) a##b##c##d##e##f##g##h
#define LANEWISE_PASTE_8(...) LANEWISE_PASTE_8_(__VA_ARGS__)

// Each macro above is empty or one letter, so the groups paste to one identifier that starts with `prefix`.
#define LANEWISE_NAME_WITH_FLAGS(prefix)                                                                               \
  LANEWISE_PASTE_8(prefix, LANEWISE_FLAGS_a_to_g, LANEWISE_FLAGS_h_to_o, LANEWISE_FLAGS_p_to_w, LANEWISE_FLAGS_x_to_B, \
                   , , )
#define LANEWISE_FLAGS_a_to_g                                                                           \
  LANEWISE_PASTE_8(LANEWISE_FLAG_a, LANEWISE_FLAG_b, LANEWISE_FLAG_c, LANEWISE_FLAG_d, LANEWISE_FLAG_e, \
                   LANEWISE_FLAG_f, LANEWISE_FLAG_g, )
#define LANEWISE_FLAGS_h_to_o                                                                           \
  LANEWISE_PASTE_8(LANEWISE_FLAG_h, LANEWISE_FLAG_i, LANEWISE_FLAG_j, LANEWISE_FLAG_k, LANEWISE_FLAG_l, \
                   LANEWISE_FLAG_m, LANEWISE_FLAG_n, LANEWISE_FLAG_o)
#define LANEWISE_FLAGS_p_to_w                                                                           \
  LANEWISE_PASTE_8(LANEWISE_FLAG_p, LANEWISE_FLAG_q, LANEWISE_FLAG_r, LANEWISE_FLAG_s, LANEWISE_FLAG_t, \
                   LANEWISE_FLAG_u, LANEWISE_FLAG_v, LANEWISE_FLAG_w)
#define LANEWISE_FLAGS_x_to_B \
  LANEWISE_PASTE_8(LANEWISE_FLAG_x, LANEWISE_FLAG_y, LANEWISE_FLAG_z, LANEWISE_FLAG_A, LANEWISE_FLAG_B, , , )
