// SPDX-License-Identifier: MIT
#pragma once
// Keeps Highway from choosing narrow vectors for flags that promise wide ones. Included before any Highway header.

// Highway's AVX2 and AVX-512 targets require AES and PCLMUL, which -mavx2, -march=haswell, x86-64-v3 and x86-64-v4 do
// not switch on: such builds would silently get 16-byte vectors without FMA (Highway 1.2.0 to 1.4.0, g++ 12, clang 14
// to 19). Nothing here uses crypto instructions, so we drop the requirement.
#if defined(__AVX2__) && !(defined(__AES__) && defined(__PCLMUL__)) && !defined(HWY_DISABLE_PCLMUL_AES)
#ifdef HWY_HIGHWAY_INCLUDED
#error \
    "lanewise: include lanewise before <hwy/highway.h>, or compile with -DHWY_DISABLE_PCLMUL_AES: these flags have \
AVX2 without AES, for which Highway would choose 16-byte vectors"
#endif
#define HWY_DISABLE_PCLMUL_AES
#endif
