"""Texts about the documents that units send beside their forms, and about what two units share."""

from __future__ import annotations

from evidence.messages.text import Text

SUBJECT = "Tệp minh chứng trong thư mục “nop/MÃ” và so sánh giữa các đơn vị"
TEXTS: dict[str, Text] = {
    "dossier-none": Text(
        "hint",
        "Chưa có thư mục minh chứng nào trong “nop” nên chưa kiểm tra được các tệp ghi ở cột “Tên tệp”.",
        "Chép tệp minh chứng của mỗi đơn vị vào thư mục mang mã đơn vị, ví dụ “{expected}”; nếu thu bản "
        "giấy thì bỏ qua gợi ý này.",
    ),
    "dossier-folder-missing": Text(
        "warning",
        "Có {found} tệp ghi ở cột “Tên tệp” nhưng chưa có thư mục minh chứng của đơn vị.",
        "Gửi các tệp này, đặt trong thư mục “{expected}”.",
    ),
    "dossier-folder-unknown": Text(
        "warning",
        "Tên thư mục “{found}” không phải mã của đơn vị nào trong đợt đánh giá.",
        "Đổi tên thư mục theo mã đơn vị, ví dụ “{expected}”.",
    ),
    "dossier-too-many": Text(
        "warning",
        "Thư mục minh chứng có quá nhiều tệp hoặc quá nhiều lớp; chỉ xem {found} tệp đầu.",
        "Chỉ gửi các tệp có trong danh mục minh chứng, không quá ba lớp thư mục.",
    ),
    "dossier-without-form": Text(
        "error",
        "Thư mục có {found} tệp minh chứng nhưng chưa có biểu mẫu “{expected}” của đơn vị, nên đơn vị đang "
        "bị tính là chưa gửi hồ sơ.",
        "Đưa biểu mẫu ra thành “{expected}” nếu nó nằm trong thư mục này; nếu chưa nhận được thì yêu cầu "
        "đơn vị gửi.",
    ),
    "dossier-link": Text(
        "warning",
        "Mục “{found}” là liên kết đến nơi khác nên không được mở.",
        "Chép chính tệp hoặc thư mục đó vào thư mục minh chứng.",
    ),
    "dossier-name-outside": Text(
        "warning",
        "Tên tệp “{found}” chỉ đến nơi ngoài thư mục minh chứng nên không được mở.",
        "Chép tệp vào thư mục minh chứng của đơn vị rồi chỉ ghi tên tệp.",
    ),
    "dossier-name-forbidden": Text(
        "warning",
        "Tên “{found}” không dùng được trên Windows.",
        "Đổi tên ngắn gọn, không có dấu hai chấm, gạch chéo, hỏi, sao, ngoặc nhọn, không kết thúc bằng dấu "
        "chấm hoặc dấu cách.",
    ),
    "dossier-name-long": Text(
        "hint",
        "Tên tệp dài {found} ký tự (kể cả thư mục), Windows có thể không mở được.",
        "Đổi tên ngắn hơn {expected} ký tự.",
    ),
    "dossier-file-missing": Text(
        "error",
        "Không có tệp “{found}” trong thư mục minh chứng của đơn vị.",
        "Gửi bổ sung tệp này vào thư mục “{expected}”, hoặc sửa lại tên tệp.",
    ),
    "dossier-file-misspelt": Text(
        "warning",
        "Không có tệp “{found}” trong thư mục minh chứng của đơn vị.",
        "Sửa tên tệp thành “{expected}” nếu đúng là tệp này, hoặc gửi bổ sung tệp.",
    ),
    "dossier-file-ambiguous": Text(
        "warning",
        "Có nhiều tệp cùng tên “{found}”: {expected}.",
        "Ghi cả tên thư mục con để biết là tệp nào.",
    ),
    "dossier-file-unused": Text(
        "hint",
        "Tệp “{found}” chưa được ghi ở cột “Tên tệp” của danh mục minh chứng.",
        "Ghi tên tệp vào dòng của văn bản tương ứng, hoặc bỏ tệp khỏi thư mục.",
    ),
    "dossier-file-empty": Text(
        "error",
        "Tệp “{found}” rỗng, không có nội dung.",
        "Gửi lại tệp có nội dung.",
    ),
    "dossier-file-damaged": Text(
        "error",
        "Tệp “{found}” bị hỏng hoặc bị cắt ngang, có thể không mở được.",
        "Mở thử tệp gốc, lưu lại rồi gửi lại.",
    ),
    "dossier-file-locked": Text(
        "error",
        "Tệp “{found}” có mật khẩu nên không mở được.",
        "Bỏ mật khẩu rồi gửi lại.",
    ),
    "dossier-file-unreadable": Text(
        "warning",
        "Không đọc được tệp “{found}”.",
        "Đóng chương trình đang mở tệp, kiểm tra quyền đọc rồi chạy lại.",
    ),
    "dossier-file-kind": Text(
        "warning",
        "Tệp “{found}” không phải PDF, Word, Excel, ảnh hay thư điện tử.",
        "Gửi lại ở một trong các dạng đó; tệp nén thì giải nén vào thư mục minh chứng.",
    ),
    "dossier-file-extension": Text(
        "warning",
        "Tệp “{found}” có phần mở rộng không đúng với nội dung; máy tính có thể không mở được.",
        "Đổi phần mở rộng của tên tệp thành {expected}.",
    ),
    "dossier-same-content": Text(
        "hint",
        "Hai tệp “{found}” và “{expected}” có nội dung giống hệt nhau.",
        "Kiểm tra lại: mỗi văn bản cần đúng tệp của mình.",
    ),
    "twin-file": Text(
        "warning",
        "Tệp “{found}” giống hệt tệp mà đơn vị khác cũng gửi là của mình: {expected}.",
        "Xem lại cùng các đơn vị này; chỉ gửi tài liệu do chính đơn vị làm.",
    ),
    "twin-document": Text(
        "warning",
        "Văn bản {found} do đơn vị khác ban hành và đơn vị đó cũng kê khai: {expected}.",
        "Xem lại cùng đơn vị; chỉ dẫn văn bản thể hiện việc của chính mình.",
    ),
    "twin-list": Text(
        "warning",
        "Có {found} văn bản của chính đơn vị trùng cả số và ngày với danh mục của đơn vị khác: {expected}.",
        "Đối chiếu với bản gốc; sửa số, ngày nếu danh mục được chép từ nơi khác.",
    ),
    "twin-explanations": Text(
        "warning",
        "Có {found} đoạn giải trình giống từng chữ của đơn vị khác: {expected}.",
        "Xem lại cùng đơn vị; viết giải trình theo tình hình thực tế của mình.",
    ),
}
