namespace System
{
    public class PlatformNotSupportedException : NotSupportedException
    {
        public extern PlatformNotSupportedException();
    }
}
