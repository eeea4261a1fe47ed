namespace System.Globalization
{
    public class CultureInfo
    {
        public extern CultureInfo(string name);

        public static extern CultureInfo CurrentUICulture { get; }
        public extern CultureInfo Parent { get; }
        public extern string Name { get; }
        public extern NumberFormatInfo NumberFormat { get; }
        public extern DateTimeFormatInfo DateTimeFormat { get; }

        public override extern string ToString();
    }
}
