namespace System
{
    public class EventArgs
    {
        public static readonly EventArgs Empty;

        public extern EventArgs();
    }
}
