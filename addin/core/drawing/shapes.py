"""The shapes that stand for the statuses, each drawn in a square of 14 pixels with the current colour."""

from collections.abc import Mapping

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'

SHAPES: Mapping[str, str] = {
    "full": f'<path d="M3 1.2h5.2L11.6 4.6v8.2H3z" fill="currentColor"/><path d="M5 7.4l1.6 1.6 3-3" {_LINE} class="cut"/>',
    "expected": f'<circle cx="7" cy="7" r="5.6" {_LINE}/><path d="M7 7V1.4A5.6 5.6 0 0 1 12.6 7z" fill="currentColor"/>',
    "half": f'<circle cx="7" cy="7" r="5.6" {_LINE}/><path d="M7 1.4a5.6 5.6 0 0 0 0 11.2z" fill="currentColor"/>',
    "lock": (
        f'<rect x="2.6" y="6.2" width="8.8" height="6.4" rx="1.4" fill="currentColor"/><path d="M4.6 6V4.4a2.4 2.4 0 0 1 4.8 0V6" {_LINE}/>'
    ),
    "stamp": (
        f'<path d="M7 1.2L12.8 7 7 12.8 1.2 7z" {_LINE}/><path d="M7 4.4v3" {_LINE}/><circle cx="7" cy="9.7" r="0.9" fill="currentColor"/>'
    ),
    "check": f'<circle cx="6" cy="6" r="4.4" {_LINE}/><path d="M9.4 9.4l3.4 3.4" {_LINE}/>',
    "arrow": f'<path d="M1.4 7h10.8M8 2.8L12.2 7 8 11.2" {_LINE}/>',
    "link": f'<circle cx="3.4" cy="7" r="2.2" {_LINE}/><circle cx="10.6" cy="7" r="2.2" {_LINE}/><path d="M5.6 7h2.8" {_LINE}/>',
    "dashed": f'<circle cx="7" cy="7" r="5.6" {_LINE} stroke-dasharray="2.2 2.4"/>',
    "question": f'<path d="M4.2 4.6A2.8 2.8 0 1 1 7.6 7.3q-.6.3-.6 1.5" {_LINE}/><circle cx="7" cy="11.9" r="1" fill="currentColor"/>',
    "hole": f'<circle cx="7" cy="7" r="5.6" {_LINE} stroke-dasharray="2.2 2.4"/><circle cx="7" cy="7" r="1.6" fill="currentColor"/>',
    "hourglass": (
        '<path d="M3.4 1.4h7.2M3.4 12.6h7.2M4.2 1.6c0 3 2.8 3.6 2.8 5.4s-2.8 2.4-2.8 5.4h5.6c0-3-2.8-3.6-2.8-5.4s2.8-2.4 2.8-5.4" '
        f"{_LINE}/>"
    ),
    "moon": '<path d="M11.9 8.9A5.6 5.6 0 1 1 5.1 2.1a4.6 4.6 0 0 0 6.8 6.8z" fill="currentColor"/>',
    "mail": f'<path d="M1.4 3.4h11.2v7.4H1.4zM1.6 3.8L7 7.6l5.4-3.8" {_LINE}/><path d="M2 13L12 1" {_LINE}/>',
    "outline": f'<circle cx="7" cy="7" r="5.6" {_LINE}/><path d="M3.2 10.8l7.6-7.6" {_LINE}/>',
    "cross": f'<path d="M2.8 2.8l8.4 8.4M11.2 2.8l-8.4 8.4" {_LINE}/>',
    "alert": f'<path d="M7 1.6l5.8 10.6H1.2z" {_LINE}/><path d="M7 5.4v3" {_LINE}/><circle cx="7" cy="10.3" r="0.8" fill="currentColor"/>',
}
"""By shape: see `Status.shape`; "alert" stands before an issue."""
