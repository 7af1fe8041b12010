#include "services/crm/src/offers/pdf.hpp"

#include <hpdf.h>

#include <algorithm>

#include "platform/base/error.hpp"
#include "platform/images/picture.hpp"

namespace bordero::crm {
namespace {

// The end of the character that begins at `at`.
std::size_t character_end(const std::string& text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space) word += c;
    if (space && !word.empty()) words.push_back(word);
    if (space) word.clear();
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

struct Pdf::State {
  HPDF_Doc document = nullptr;
  HPDF_Font plain = nullptr;
  HPDF_Font bold = nullptr;
  HPDF_Page page = nullptr;

  ~State() {
    if (document != nullptr) HPDF_Free(document);
  }
  // libhpdf keeps its first error and does nothing more; it is looked at where results are used.
  void check() const {
    const auto failed = HPDF_GetError(document);
    if (failed != HPDF_OK) throw Broken("a PDF cannot be drawn: " + std::to_string(failed));
  }
  HPDF_Font load(const std::string& file) const {
    const char* name = HPDF_LoadTTFontFromFile(document, file.c_str(), HPDF_TRUE);
    if (name == nullptr) throw Broken("no font " + file);
    return HPDF_GetFont(document, name, "UTF-8");
  }
  // libhpdf's own reader of PNG ends the process when one is broken, so that it gets pixels.
  HPDF_Image load_image(const std::string& bytes) const {
    const auto kind = images::look_at(bytes);
    if (!kind) return nullptr;
    HPDF_Image image = nullptr;
    if (kind->content_type == "image/jpeg") {
      const auto* data = reinterpret_cast<const HPDF_BYTE*>(bytes.data());
      image = HPDF_LoadJpegImageFromMem(document, data, static_cast<HPDF_UINT>(bytes.size()));
    } else if (const auto pixels = images::on_white(bytes)) {
      image = HPDF_LoadRawImageFromMem(
          document, pixels->rgb.data(), static_cast<HPDF_UINT>(pixels->width),
          static_cast<HPDF_UINT>(pixels->height), HPDF_CS_DEVICE_RGB, 8);
    }
    if (image == nullptr) HPDF_ResetError(document);
    return image;
  }
  float width(const std::string& text, const TextStyle& style) const {
    HPDF_Page_SetFontAndSize(page, style.bold ? bold : plain, style.size);
    return HPDF_Page_TextWidth(page, text.c_str());
  }
  void set_ink(Ink ink) const {
    switch (ink) {
      case Ink::text:
        HPDF_Page_SetRGBFill(page, 0.11F, 0.106F, 0.094F);
        break;
      case Ink::hint:
        HPDF_Page_SetRGBFill(page, 0.42F, 0.4F, 0.365F);
        break;
      case Ink::best:
        HPDF_Page_SetRGBFill(page, 0.106F, 0.42F, 0.235F);
        break;
      case Ink::line:
        HPDF_Page_SetRGBStroke(page, 0.894F, 0.882F, 0.847F);
        break;
    }
  }
};

Pdf::Pdf(const std::string& font_folder) : state_(std::make_unique<State>()) {
  state_->document = HPDF_New(nullptr, nullptr);
  ensure(state_->document != nullptr, "memory for a PDF");
  HPDF_UseUTFEncodings(state_->document);
  HPDF_SetCompressionMode(state_->document, HPDF_COMP_ALL);
  state_->plain = state_->load(font_folder + "/DejaVuSans.ttf");
  state_->bold = state_->load(font_folder + "/DejaVuSans-Bold.ttf");
  state_->check();
}
Pdf::~Pdf() = default;

void Pdf::set_title(const std::string& ascii) {
  HPDF_SetInfoAttr(state_->document, HPDF_INFO_TITLE, ascii.c_str());
}

void Pdf::set_day(int year, int month, int day) {
  const HPDF_Date date = {year, month, day, 0, 0, 0, 'Z', 0, 0};
  HPDF_SetInfoDateAttr(state_->document, HPDF_INFO_CREATION_DATE, date);
}

void Pdf::add_page() {
  state_->page = HPDF_AddPage(state_->document);
  HPDF_Page_SetSize(state_->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_LANDSCAPE);
}

std::vector<std::string> Pdf::wrapped(const std::string& text, float width,
                                      const TextStyle& style) {
  std::vector<std::string> lines;
  std::string line;
  const auto fits = [&](const std::string& tried) { return state_->width(tried, style) <= width; };
  for (const std::string& word : words_of(text)) {
    std::string longer = line;
    if (!longer.empty()) longer += ' ';
    longer += word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t end = character_end(word, at);
      const std::string character = word.substr(at, end - at);
      std::string more = line;
      more += character;
      if (!line.empty() && !fits(more)) {
        lines.push_back(line);
        more = character;
      }
      line = std::move(more);
      at = end;
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

void Pdf::text(float x, float y, const std::string& line, const TextStyle& style) {
  HPDF_Page_SetFontAndSize(state_->page, style.bold ? state_->bold : state_->plain, style.size);
  state_->set_ink(style.ink);
  HPDF_Page_BeginText(state_->page);
  HPDF_Page_TextOut(state_->page, x, y, line.c_str());
  HPDF_Page_EndText(state_->page);
}

void Pdf::text_right(float right, float y, const std::string& line, const TextStyle& style) {
  text(right - state_->width(line, style), y, line, style);
}

void Pdf::line(float x, float y, float to_x, float to_y) {
  state_->set_ink(Ink::line);
  HPDF_Page_SetLineWidth(state_->page, 0.7F);
  HPDF_Page_MoveTo(state_->page, x, y);
  HPDF_Page_LineTo(state_->page, to_x, to_y);
  HPDF_Page_Stroke(state_->page);
}

float Pdf::picture(float x, float y, const std::string& image, const Room& room) {
  HPDF_Image drawn = state_->load_image(image);
  if (drawn == nullptr) return 0;
  const auto wide = static_cast<float>(HPDF_Image_GetWidth(drawn));
  const auto high = static_cast<float>(HPDF_Image_GetHeight(drawn));
  const float scale = std::min(room.width / wide, room.height / high);
  const float lifted = y + (room.height - high * scale);
  HPDF_Page_DrawImage(state_->page, drawn, x, lifted, wide * scale, high * scale);
  return wide * scale;
}

std::string Pdf::bytes() {
  HPDF_SaveToStream(state_->document);
  state_->check();
  std::string all(HPDF_GetStreamSize(state_->document), '\0');
  auto size = static_cast<HPDF_UINT32>(all.size());
  HPDF_ReadFromStream(state_->document, reinterpret_cast<HPDF_BYTE*>(all.data()), &size);
  all.resize(size);
  return all;
}

}  // namespace bordero::crm
