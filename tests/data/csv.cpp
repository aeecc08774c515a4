// SPDX-License-Identifier: MIT
#include "lanewise/data/csv.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

using lanewise::csv_options;
using lanewise::matrix;
using lanewise::read_csv;

namespace {

/// A file that is there as long as the object.
class temporary_file {
 public:
  explicit temporary_file(std::string_view text)
      : path_(std::filesystem::temp_directory_path() /
              ("lanewise-csv-" + std::to_string(std::random_device{}()) + ".csv")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  ~temporary_file() { std::filesystem::remove(path_); }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

template <class T>
matrix<T> parse(std::string_view text, const csv_options& options = {}) {
  const temporary_file file(text);
  return read_csv<T>(file.path(), options);
}

/// The message behind "read_csv: <path>", or "" if nothing was thrown.
template <class T>
std::string error_of(std::string_view text, const csv_options& options = {}) {
  const temporary_file file(text);
  try {
    (void)read_csv<T>(file.path(), options);
  } catch (const std::runtime_error& error) {
    const std::string what = error.what();
    const std::string start = "read_csv: " + file.path().string();
    REQUIRE(what.starts_with(start));
    return what.substr(start.size());
  }
  return "";
}

}  // namespace

TEST_CASE("read_csv: forms of text that are accepted") {
  const auto* text = GENERATE("1,2,3\n4,5,6\n", "1,2,3\n4,5,6", "1,2,3\r\n4,5,6\r\n", "1, 2 ,3\n 4,\t5,6 \n",
                              "1,2,3\n4,5,6\n\n\n", "1,2,3\r\n4,5,6\r\n\r\n", "+1,2.0,3e0\n0.4e1,50E-1,6.\n",
                              "\xEF\xBB\xBF"
                              "1,2,3\n4,5,6\n",
                              "1,2,3\n4,5,6\n \n");
  INFO(text);
  const auto m = parse<float>(text);
  REQUIRE(m.rows() == 2);
  REQUIRE(m.cols() == 3);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(m.values()[i] == static_cast<float>(i + 1));
  }
}

TEST_CASE("read_csv: options") {
  const std::string_view text = "name;x;y;class\nnumber two\na;1;2;i\nb;3;-4;j\n";
  const auto m = parse<int>(text, {.skip_lines = 2, .separator = ';', .first_column = 1, .columns = 2});
  REQUIRE(m.rows() == 2);
  REQUIRE(m.cols() == 2);
  CHECK(m(1, 1) == -4);

  CHECK(parse<int>("1 2\n3 4\n", {.separator = ' '})(1, 0) == 3);
  CHECK(parse<int>("1\t2\n3\t 4\n", {.separator = '\t'})(1, 1) == 4);
  CHECK(parse<int>("a,2,3\nb,4,5\n", {.first_column = 1}).cols() == 2);
  CHECK(parse<int>("1,2,c\n4,5,d\n", {.columns = 2})(1, 1) == 5);
  CHECK(parse<int>("7\n").size() == 1);
}

TEMPLATE_TEST_CASE("read_csv: limits of the types", "", std::int8_t, std::uint8_t, std::int16_t, std::uint16_t,
                   std::int32_t, std::uint32_t, std::int64_t, std::uint64_t) {
  using limits = std::numeric_limits<TestType>;
  const std::string low = std::to_string(limits::min());
  const std::string high = std::to_string(limits::max());
  const auto m = parse<TestType>(low + "," + high);
  CHECK(m(0, 0) == limits::min());
  CHECK(m(0, 1) == limits::max());
  CHECK(error_of<TestType>("1\n" + high + "0")
            .starts_with(", line 2, column 1: expected a number in "
                         "the range of type "));
  CHECK(error_of<TestType>("1.5").find("expected a number of type ") != std::string::npos);
}

TEMPLATE_TEST_CASE("read_csv: floating point", "", float, double) {
  using limits = std::numeric_limits<TestType>;
  const auto m = parse<TestType>("1e-400,-1e-400,inf,-INF,nan,1e-320,0.1");
  CHECK(m(0, 0) == 0);
  CHECK(m(0, 1) == 0);
  CHECK(m(0, 2) == limits::infinity());
  CHECK(m(0, 3) == -limits::infinity());
  CHECK(std::isnan(m(0, 4)));
  CHECK(m(0, 5) == static_cast<TestType>(1e-320));
  CHECK(m(0, 6) == static_cast<TestType>(0.1L));
  CHECK(error_of<TestType>("1,1e400") == ", line 1, column 2: expected a number in the range of type float" +
                                             std::to_string(8 * sizeof(TestType)) + ", found \"1e400\"");
  CHECK(!error_of<TestType>("-1e400").empty());
}

TEST_CASE("read_csv: cells that are no numbers") {
  const auto* cell = GENERATE("", " ", "abc", "1x", "1 2", "0x10", "--1", "+-1", "1e", "e5", "1.2.3", "\"1\"", "1;2",
                              "-", "+", ".", "in", "1e400x");
  INFO(cell);
  const std::string text = "1,2\n3," + std::string(cell) + "\n5,6\n";
  const std::string error = error_of<double>(text);
  CHECK(error.starts_with(", line 2, column 2: expected a number of type float64, found \""));
  CHECK(!error_of<int>(text).empty());
}

TEST_CASE("read_csv: the message shows what was found") {
  CHECK(error_of<float>("a,b\n1,2\n3,x7\n", {.skip_lines = 1}) ==
        ", line 3, column 2: expected a number of type float32, found \"x7\"");
  CHECK(error_of<int>("n,1\nn,2.5\n", {.first_column = 1}) ==
        ", line 2, column 2: expected a number of type int32, found \"2.5\"");
  const std::string error = error_of<float>(std::string(100, 'z') + "\n");
  CHECK(error.ends_with("found \"" + std::string(40, 'z') + "...\""));
  CHECK(error_of<float>("1\x01\n").ends_with("found \"1?\""));
}

TEST_CASE("read_csv: lines of different lengths") {
  CHECK(error_of<int>("1,2\n3\n") == ", line 2: expected 2 cells as in line 1, found 1");
  CHECK(error_of<int>("h\n1,2\n3,4,5\n", {.skip_lines = 1}) == ", line 3: expected 2 cells as in line 2, found 3");
  CHECK(error_of<int>("1,2\n\n3,4\n") == ", line 2: the line is empty, but not the last");
  CHECK(error_of<int>("\n1,2\n") == ", line 1: the line is empty, but not the last");
  // Also in columns that are not read: such a file is not what the caller believes.
  CHECK(!error_of<int>("1,a\n2,b,c\n", {.columns = 1}).empty());
}

TEST_CASE("read_csv: files without numbers") {
  CHECK(error_of<int>("") == ": no line with numbers");
  CHECK(error_of<int>("\n\r\n \n") == ": no line with numbers");
  CHECK(error_of<int>("\xEF\xBB\xBF") == ": no line with numbers");
  CHECK(error_of<int>("a,b\n", {.skip_lines = 1}) == ": no line with numbers after the 1 skipped");
  CHECK(!error_of<int>("1\n2\n", {.skip_lines = csv_options::all}).empty());
}

TEST_CASE("read_csv: files that cannot be read") {
  const std::filesystem::path missing = "no-such-folder/no-such-file.csv";
  try {
    (void)read_csv<float>(missing);
    FAIL("no exception");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()) == "read_csv: " + missing.string() + ": cannot open the file");
  }
  CHECK_THROWS_AS(read_csv<float>(std::filesystem::temp_directory_path()), std::runtime_error);
}

TEST_CASE("read_csv: options that do not fit") {
  CHECK(error_of<int>("1,2\n", {.first_column = 2}) == ": first_column 2 and columns all for lines of 2 cells");
  CHECK(error_of<int>("1,2\n", {.columns = 3}) == ": first_column 0 and columns 3 for lines of 2 cells");
  CHECK(!error_of<int>("1,2\n", {.first_column = 1, .columns = 2}).empty());
  CHECK(!error_of<int>("1,2\n", {.columns = 0}).empty());
  CHECK(!error_of<int>("1,2\n", {.first_column = 1, .columns = csv_options::all - 1}).empty());
  for (const char c : {'\n', '\r', '.', '-', '+', '5', 'e', '\0'}) {
    CHECK(error_of<int>("1,2\n", {.separator = c}).find("cannot separate numbers") != std::string::npos);
  }
}

TEST_CASE("read_csv: the data sets of the examples") {
  const std::filesystem::path folder = LANEWISE_EXAMPLE_DATA;
  const auto digits = read_csv<float>(folder / "digits.csv", {.columns = 64});
  const auto labels = read_csv<std::uint8_t>(folder / "digits.csv", {.first_column = 64});
  REQUIRE(digits.rows() == 1797);
  REQUIRE(digits.cols() == 64);
  REQUIRE(labels.rows() == 1797);
  REQUIRE(labels.cols() == 1);
  CHECK(digits(0, 3) == 13);
  CHECK(digits(1796, 63) == 0);
  CHECK(labels(1796, 0) == 8);
  for (const float x : digits.values()) {
    REQUIRE(x >= 0);
    REQUIRE(x <= 16);
  }
  const auto iris = read_csv<double>(folder / "iris.csv", {.skip_lines = 1, .columns = 4});
  CHECK(iris.rows() == 150);
  CHECK(iris(0, 0) == 5.1);
}

TEST_CASE("parse_by_stream agrees with std::from_chars") {
  const auto* text = GENERATE("0", "-0", "1", "-1.5", ".5", "5.", "1e5", "1E-5", "inf", "-nan", "NaN", "infinity",
                              "1e-50", "1e-400", "1e400", "-1e400", "", "-", ".", "e5", "1e", "0x10", "1x", "+1", "--1",
                              "1.2.3", " 1", "1 ", "abc", "1e+3");
  INFO(text);
  double by_stream = 0;
  double by_chars = 0;
  const auto stream_error = lanewise::detail::parse_by_stream(text, by_stream);
  const auto chars_error = std::string_view(text).starts_with('+') ? lanewise::detail::number_error::not_a_number
                                                                   : lanewise::detail::parse_number(text, by_chars);
  CHECK(stream_error == chars_error);
  if (stream_error == lanewise::detail::number_error::none) {
    CHECK((by_stream == by_chars || (std::isnan(by_stream) && std::isnan(by_chars))));
    CHECK(std::signbit(by_stream) == std::signbit(by_chars));
  }
}
