// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

int main(int argc, char** argv) { benchmark::Initialize(&argc, argv); }
