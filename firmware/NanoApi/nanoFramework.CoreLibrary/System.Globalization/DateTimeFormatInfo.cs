namespace System.Globalization
{
    public sealed class DateTimeFormatInfo
    {
        internal extern DateTimeFormatInfo();

        public static extern DateTimeFormatInfo CurrentInfo { get; }
        public extern string AMDesignator { get; }
        public extern string DateSeparator { get; }
        public extern string FullDateTimePattern { get; }
        public extern string LongDatePattern { get; }
        public extern string LongTimePattern { get; }
        public extern string MonthDayPattern { get; }
        public extern string PMDesignator { get; }
        public extern string RFC1123Pattern { get; }
        public extern string ShortDatePattern { get; }
        public extern string ShortTimePattern { get; }
        public extern string SortableDateTimePattern { get; }
        public extern string TimeSeparator { get; }
        public extern string UniversalSortableDateTimePattern { get; }
        public extern string YearMonthPattern { get; }
        public extern string[] AbbreviatedDayNames { get; }
        public extern string[] DayNames { get; }
        public extern string[] AbbreviatedMonthNames { get; }
        public extern string[] MonthNames { get; }
    }
}
