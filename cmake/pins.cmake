# SPDX-License-Identifier: MIT
# Oldest accepted version of each dependency, and the release that is downloaded where none is installed.
# The hashes are those of the archives as GitHub serves them.

set(LANEWISE_HIGHWAY_MINIMUM 1.2.0)
set(LANEWISE_HIGHWAY_VERSION 1.4.0)
set(LANEWISE_HIGHWAY_URL https://github.com/google/highway/archive/1.4.0.tar.gz)
set(LANEWISE_HIGHWAY_SHA256 e72241ac9524bb653ae52ced768b508045d4438726a303f10181a38f764a453c)

set(LANEWISE_XSIMD_MINIMUM 13)
set(LANEWISE_XSIMD_VERSION 14.3.0)
set(LANEWISE_XSIMD_URL https://github.com/xtensor-stack/xsimd/archive/14.3.0.tar.gz)
set(LANEWISE_XSIMD_SHA256 b3d50e7a73fbf4642ceef30131c93414901d69eee41c2a5302db650b03e2c792)

set(LANEWISE_CATCH2_MINIMUM 3)
set(LANEWISE_CATCH2_VERSION 3.7.1)
set(LANEWISE_CATCH2_URL https://github.com/catchorg/Catch2/archive/v3.7.1.tar.gz)
set(LANEWISE_CATCH2_SHA256 c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c)

set(LANEWISE_BENCHMARK_MINIMUM 1.6)
set(LANEWISE_BENCHMARK_VERSION 1.9.5)
set(LANEWISE_BENCHMARK_URL https://github.com/google/benchmark/archive/v1.9.5.tar.gz)
set(LANEWISE_BENCHMARK_SHA256 9631341c82bac4a288bef951f8b26b41f69021794184ece969f8473977eaa340)
