#pragma once

#include <memory>
#include <string>
#include <vector>

// A document of landscape A4 pages, drawn by libhpdf with fonts that are embedded: any language.
namespace bordero::crm {

enum class Ink { text, hint, best, line };

struct TextStyle {
  float size = 9;
  bool bold = false;
  Ink ink = Ink::text;
};

struct Room {
  float width = 0;
  float height = 0;
};

class Pdf {
 public:
  static constexpr float kWidth = 842;
  static constexpr float kHeight = 595;

  // Throws Broken when the fonts are not there.
  explicit Pdf(const std::string& font_folder);
  ~Pdf();

  void set_title(const std::string& ascii);
  void set_day(int year, int month, int day);  // When it was made; the same input, the same bytes.
  void add_page();
  // The text in lines that are no wider than this; words that are get broken.
  std::vector<std::string> wrapped(const std::string& text, float width, const TextStyle& style);
  // y grows upwards from the bottom; the text stands on it.
  void text(float x, float y, const std::string& line, const TextStyle& style);
  void text_right(float right, float y, const std::string& line, const TextStyle& style);
  void line(float x, float y, float to_x, float to_y);
  // A PNG or JPEG as large as fits, its lower left corner there; says how wide it became. One that
  // cannot be drawn is left out, and is no wider than nothing.
  float picture(float x, float y, const std::string& image, const Room& room);
  std::string bytes();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::crm
